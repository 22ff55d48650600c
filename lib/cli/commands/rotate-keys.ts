import { defineCommand, flag } from "../command";
import { Misused } from "../failure";

/** `rotate-keys`: the keys that seal stored secrets. */
export const rotateKeysCommand = defineCommand({
  path: "rotate-keys",
  words: "Seals every stored secret with a new key, while everything is in use. It can be repeated.",
  examples: ["rotate-keys", "rotate-keys --master"],
  where: "host",
  options: {
    master: flag("first make a new secret key, where the data folder keeps it"),
    dropOld: flag("instead: remove what former secret keys open, once the present one opens everything"),
  },
  async run(cli, _, options) {
    if (options.master && options.dropOld) {
      throw new Misused("--drop-old comes after --master: restart Tenantry in between, so that it uses the new key.");
    }
    const { rotateKeys } = await import("../rotate-keys");
    await rotateKeys(cli, options);
  },
});

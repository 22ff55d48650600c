import { keyPermissions, type Permission, permissions } from "@/lib/kernel/permissions";
import { Misused } from "./failure";
import { nearest } from "./nearest";

const holders = {
  key: { may: keyPermissions, words: "An API key" },
  role: { may: permissions, words: "A role" },
} as const;

/** Permissions that a key or a role can have, from what a person writes. Throws for others, with what there is. */
export function permissionsIn(given: readonly string[], holder: keyof typeof holders): Permission[] {
  const { may, words } = holders[holder];
  return given.map((name) => {
    const found = may.find((one) => one === name);
    if (found) return found;
    const why = permissions.some((one) => one === name)
      ? `${words} can't have the permission ${name}: only people may do that, with their second factor.`
      : `There is no permission ${name}.`;
    const close = nearest(name, may);
    throw new Misused(
      [why, ...(close === undefined ? [] : [`Did you mean ${close}?`]), `${words} can have: ${may.join(", ")}.`].join(
        " ",
      ),
    );
  });
}

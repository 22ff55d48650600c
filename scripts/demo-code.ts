import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "otplib";

/** `npm run demo:code`: the code that the demo user's authenticator would show now. */
const file = join(process.env.TENANTRY_DATA_DIR ?? ".tenantry", "demo.json");
if (!existsSync(file)) {
  console.error(
    `There is no demo here (no ${file}). Start one: npm start -- --demo\nIf it was started with TENANTRY_DATA_DIR, set that to the same here too.`,
  );
  process.exit(2);
}
const { totpSecret } = JSON.parse(readFileSync(file, "utf8")) as { totpSecret: string };
console.log(await generate({ secret: totpSecret }));

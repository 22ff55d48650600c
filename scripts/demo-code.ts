import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "otplib";

/** `npm run demo:code`: the code that the demo user's authenticator would show now. */
const file = join(process.env.TENANTRY_DATA_DIR ?? ".tenantry", "demo.json");
if (!existsSync(file)) {
  console.error("There is no demo here. Start one: npm start -- --demo");
  process.exit(2);
}
const { totpSecret } = JSON.parse(readFileSync(file, "utf8")) as { totpSecret: string };
console.log(await generate({ secret: totpSecret }));

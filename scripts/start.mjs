import { build, checkNode, install } from "./prepare.mjs";

// `npm start`: installs and builds what is missing, then supervises everything until Ctrl-C.
checkNode();
install();
const args = process.argv.slice(2);
process.noDeprecation = !args.includes("--dev");
if (!args.includes("--dev")) build();
const { register } = await import("tsx/esm/api");
register();
const { supervise } = await import("../lib/supervisor/main.ts");
process.exit(await supervise(args));

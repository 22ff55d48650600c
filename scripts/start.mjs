import { bundleCli } from "./cli-bundle.mjs";
import { build, checkNode, install } from "./prepare.mjs";

// `npm start`: installs and builds what is missing, then supervises everything until Ctrl-C.
checkNode();
await install();
const args = process.argv.slice(2);
process.noDeprecation = !args.includes("--dev");
const { register } = await import("tsx/esm/api");
register();
const { mayStart, supervise } = await import("../lib/supervisor/main.ts");
// Before the build, which takes long: what would stop the start stops it now.
if (!(await mayStart(args))) process.exit(1);
if (!args.includes("--dev")) {
  await build();
  await bundleCli(process.cwd());
}
process.exit(await supervise(args));

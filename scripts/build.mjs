import { bundleCli } from "./cli-bundle.mjs";
import { build, buildRuntime, checkNode, install } from "./prepare.mjs";

// `npm run build`: installs what is missing and builds the web part, the command line, and the runtime for platforms' own
// apps.
checkNode();
await install();
await build();
await bundleCli(process.cwd());
await buildRuntime();

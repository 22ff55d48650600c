import { build, buildRuntime, checkNode, install } from "./prepare.mjs";

// `npm run build`: installs what is missing and builds the web part, and the runtime for platforms' own apps.
checkNode();
install();
build();
buildRuntime();

import { build, checkNode, install } from "./prepare.mjs";

// `npm run build`: installs what is missing and builds the web part.
checkNode();
install();
build();

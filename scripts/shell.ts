import { printProgram } from "./found-program";

// Prints the path of a shell whose completion the tests try, installing it where that may be done.
const shell = process.argv[2] ?? "";
printProgram({
  names: [shell],
  debian: shell,
  missing:
    `The shell ${shell} could not be found or installed; the command line's completion is tried in it. Install it, then run the tests again:\n` +
    `  apt-get install ${shell}   (or: brew install ${shell})`,
});

import { printProgram } from "./found-program";

// Prints the path of a program of Poppler, with which the tests open PDFs, installing it where that may be done.
const [name = "pdftotext"] = process.argv.slice(2);

printProgram({
  names: [name],
  asks: "-v",
  debian: "poppler-utils",
  missing:
    `No ${name} could be found or installed; the tests of reports need Poppler's programs. Install them, then run the tests again:\n` +
    "  apt-get install poppler-utils   (or: brew install poppler)",
});

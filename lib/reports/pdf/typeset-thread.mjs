import { parentPort, workerData } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { fontsFor } from "./fonts.mjs";

// A thread of its own: Typst sets a document in one go, for which the worker's other work must not wait.

/** @typedef {{ document: string, fontFolder: string }} Job the document as JSON, and a folder of more fonts or "" */

/** @type {Job} */
const { document, fontFolder } = workerData;
const folder = import.meta.dirname;
const { families, blobs } = fontsFor(document);
const compiler = NodeCompiler.create({
  workspace: folder,
  fontArgs: [{ fontBlobs: blobs }, ...(fontFolder ? [{ fontPaths: [fontFolder] }] : [])],
});
const source = {
  mainFilePath: `${folder}/report.typ`,
  inputs: { document, families: JSON.stringify(families) },
};

const { pdf, accessible, why } = set();
parentPort?.postMessage({ pdf, accessible, why }, [pdf.buffer]);

/** PDF/UA-1 where the document can be that: a character that no font has can't. Then it is tagged all the same. */
function set() {
  try {
    return { pdf: exported("ua-1"), accessible: true, why: "" };
  } catch (error) {
    return { pdf: exported(), accessible: false, why: reasonOf(error) };
  }
}

/** @param {string} [pdfStandard] */
function exported(pdfStandard) {
  const made = compiler.pdf(source, pdfStandard ? { pdfStandard } : {});
  // Of its own memory, so that it can be handed over.
  return new Uint8Array(made);
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}

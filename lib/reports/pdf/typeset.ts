import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { DocumentOf } from "./document";
import { partsAt } from "./moments";
import { settable } from "./settable";

/** A document as PDF. */
export type Typeset = {
  pdf: Uint8Array;
  /** Whether it is PDF/UA-1 by Typst's own check; without it, it is tagged all the same. */
  accessible: boolean;
  /** Why it is not PDF/UA-1, in Typst's words. */
  why: string;
};

/**
 * Sets a document with Typst, in a thread of its own. `fontFolder` has fonts beside those that come with Tenantry; "": none.
 * Throws what Typst says of a document that it can't set, and the signal's reason where it was aborted.
 */
export function typeset(document: DocumentOf, fontFolder: string, signal: AbortSignal): Promise<Typeset> {
  signal.throwIfAborted();
  const thread = new Worker(join(import.meta.dirname, "typeset-thread.mjs"), {
    workerData: { document: written(document), fontFolder },
    // It is plain JavaScript: what the process was started with is of no use to it.
    execArgv: [],
  });
  return new Promise<Typeset>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => {
      signal.removeEventListener("abort", stop);
      reject(new Error(`The thread that sets the PDF ended with ${code} before it was done.`));
    });
  }).finally(() => thread.terminate());
}

function written(document: DocumentOf): string {
  const [year, month, day, hour, minute, second] = partsAt(document.madeAt, "UTC");
  const made = { year, month, day, hour, minute, second };
  return JSON.stringify({ ...document, made }, (key, value: unknown) =>
    typeof value === "string" && key !== "svg" ? settable(value) : value,
  );
}

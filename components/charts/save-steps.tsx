"use client";

import { fileName, saveCsv, tableToCsv } from "./save-chart";
import { SaveFigures } from "./save-figures";
import type { Step } from "./step-bars";

type SaveStepsProps = {
  /** What the bars count, as the file is called. */
  title: string;
  /** What the two columns are called: ["succeeded", "failed"]. */
  words: readonly [well: string, failed: string];
  steps: readonly Step[];
  /** The end of the last step, Unix milliseconds. */
  to: number;
};

/** Saves what bars over time show, a row a step with its begin (UTC). */
export function SaveSteps({ title, words, steps, to }: SaveStepsProps) {
  const save = () => {
    const rows = steps.map(({ at, well, failed }) => [new Date(at).toISOString(), well, failed]);
    saveCsv(tableToCsv(["time", ...words], rows), fileName(title, { from: steps[0]?.at ?? to, to }, "csv"));
  };
  return <SaveFigures title={title} save={save} />;
}

import type { Chart } from "chart.js";
import { expect, test } from "vitest";
import { linesPlugin } from "./history-lines";

/** What is drawn of points of which some are unknown: where there are dots, and how many points lines have. */
function drawn(...known: boolean[]): { dots: number[]; corners: number } {
  const told = { dots: [] as number[], corners: 0 };
  const ctx = new Proxy(
    { arc: (x: number) => told.dots.push(x), lineTo: () => told.corners++ },
    { get: (own, name) => Reflect.get(own, name) ?? (() => undefined), set: () => true },
  );
  const chart = {
    ctx,
    data: { datasets: [{ borderColor: "#000", data: known }] },
    chartArea: { left: 0, top: 0, right: 100, bottom: 100 },
    getDatasetMeta: () => ({ data: known.map((is, x) => ({ x, y: 1, skip: !is })) }),
  };
  linesPlugin.afterDatasetDraw?.(chart as unknown as Chart<"line">, { index: 0, meta: undefined as never }, {});
  return told;
}

test("a step that is known alone is a dot, and the others are a line", () => {
  expect(drawn(true)).toEqual({ dots: [0], corners: 0 });
  expect(drawn(false, true, false, true, true, false, true)).toEqual({ dots: [1, 6], corners: 1 });
  expect(drawn(...Array.from({ length: 100 }, () => true)).dots).toEqual([]);
});

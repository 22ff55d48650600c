import { expect, test } from "vitest";
import type { Points } from "@/lib/history/shapes";
import { drawTimeChart } from "./time-chart";

const hour = 3_600_000;
const from = Date.parse("2026-10-25T00:00:00+02:00");
const draw = (points: Points, zone = "Europe/Berlin", to = from + 49 * hour) =>
  drawTimeChart({
    ...{ from, to, zone, width: 235, height: 92, size: 1 },
    series: [{ points, color: "#0068a8", filled: true }],
    words: (value) => `${value} %`,
  });
const at = (values: (number | null)[]): Points => values.map((value, step) => [from + step * hour, value]);

/** The line's own path. */
const lineOf = (svg: string) => /<path d="([^"]+)" fill="none"/.exec(svg)?.[1] ?? "";

test("a gap is a gap: the line begins anew behind it", () => {
  expect(lineOf(draw(at([1, 2, 3, 4]))).match(/M/g)).toHaveLength(1);
  expect(lineOf(draw(at([1, 2, null, 4, 5]))).match(/M/g)).toHaveLength(2);
});

test("a value between two gaps is seen, as a dot", () => {
  expect(draw(at([1, 2, null, 4, null, 5, 6]))).toContain("<circle");
  expect(draw(at([1, 2, 3]))).not.toContain("<circle");
});

test("the value axis begins at zero, and ends at or above the highest value", () => {
  const svg = draw(at([30, 31, 97]));
  expect(svg).toContain(">0 %<");
  expect(svg).toContain(">100 %<");
});

test("days begin at the zone's midnight, also when its clocks were changed", () => {
  const svg = draw(at([1, 2, 3]));
  const place = (words: string) => Number(new RegExp(`<text x="([\\d.]+)"[^>]*>${words}<`).exec(svg)?.[1]);
  // 25 October has 25 hours in Berlin; the drawing is 187 points wide, and 49 hours long.
  expect(place("26 Oct")).toBeCloseTo(44 + (25 / 49) * 187, 1);
});

test("without a value the chart says that nothing was measured, and has no scale", () => {
  const svg = draw(at([null, null]));
  expect(svg).toContain("not measured");
  expect(svg).not.toContain("%<");
});

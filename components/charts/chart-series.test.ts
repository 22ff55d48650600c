import { expect, test } from "vitest";
import { type ChartSeries, describeSeries, niceStep, peak } from "./chart-series";

const series: ChartSeries[] = [
  {
    key: "a",
    label: "Tenants",
    color: "--s-blue",
    points: [
      [1, 2],
      [2, 5],
      [3, null],
    ],
  },
  {
    key: "b",
    label: "Rest",
    color: "--s-gray",
    points: [
      [1, 1],
      [2, 4],
    ],
  },
];

test("the peak of stacked series is their sum", () => {
  expect(peak(series, true)).toBe(9);
  expect(peak(series, false)).toBe(5);
});

test("steps are round: powers of two for sizes, 1-2-2.5-5 for the rest", () => {
  expect(niceStep(9, false)).toBe(2.5);
  expect(niceStep(900, true)).toBe(256);
});

test("the description says what the eye would see, and that the end is unknown", () => {
  expect(describeSeries("CPU", "cpu", series)).toBe(
    "CPU. Tenants: now unknown, between 2.0 % and 5.0 %. Rest: now 4.0 %, between 1.0 % and 4.0 %.",
  );
});

import { expect, test } from "vitest";
import { brokenInto, legendOf, rowsOf } from "./chart-picture";
import type { ChartSeries } from "./chart-series";

const line = (label: string, more: Partial<ChartSeries> = {}): ChartSeries => ({
  key: label,
  label,
  color: "--s-blue",
  points: [],
  ...more,
});
const plain = { moments: false, marks: false };
const labels = (series: ChartSeries[], besides = plain) => legendOf(series, besides).map(({ label }) => label);

test("a saved picture's legend names the lines and all that is drawn around them", () => {
  const [low, high] = [[], []];
  expect(labels([line("CPU"), line("Limit", { dashed: "dashed" })])).toEqual(["CPU", "Limit"]);
  expect(labels([line("CPU", { band: { low, high }, usual: { low, high } })], { moments: true, marks: true })).toEqual([
    "CPU",
    "Lowest to highest",
    "What is usual",
    "Out of the ordinary",
    "Something happened",
  ]);
  expect(labels([line("Expected", { dashed: "dashed", band: { low, high } })])).toEqual([
    "Expected",
    "Where it may lie",
  ]);
});

test("the legend goes on in another row where it is full, and a name wider than the picture is cut", () => {
  const tenPerLetter = (text: string) => [...text].length * 10;
  const rows = (names: string[], room: number) =>
    rowsOf(
      legendOf(
        names.map((name) => line(name)),
        plain,
      ),
      room,
      tenPerLetter,
    ).map((row) => row.map(({ text, x }) => ({ text, x })));
  expect(rows(["one", "two", "three"], 120)).toEqual([
    [
      { text: "one", x: 0 },
      { text: "two", x: 64 },
    ],
    [{ text: "three", x: 0 }],
  ]);
  expect(rows(["unbreakably-long"], 76)).toEqual([[{ text: "unbre…", x: 0 }]]);
});

test("a source that is longer than the picture is wide goes on in another line", () => {
  const tenPerLetter = (text: string) => [...text].length * 10;
  expect(brokenInto("made up for the demonstration", 120, tenPerLetter)).toEqual([
    "made up for",
    "the",
    "demonstrati…",
  ]);
});

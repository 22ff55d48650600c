import { expect, test } from "vitest";
import { fileName, toCsv } from "./save-chart";

test("the file has a row a time, empty cells where nothing is known, and no formula in its head", () => {
  const csv = toCsv(
    [
      {
        key: "a",
        label: "=SUM(A1)",
        color: "--s-blue",
        points: [
          [0, 1],
          [60_000, null],
          [120_000, 3],
        ],
      },
      { key: "b", label: 'The "B"', color: "--s-blue", points: [[60_000, 5]] },
    ],
    0,
    90_000,
  );
  expect(csv.split("\r\n")).toEqual([
    `time,"'=SUM(A1)","The ""B"""`,
    "1970-01-01T00:00:00.000Z,1,",
    "1970-01-01T00:01:00.000Z,,5",
    "",
  ]);
});

test("a file is named after its chart", () => {
  expect(fileName("Memory (backends)", "csv")).toBe("memory-backends.csv");
});

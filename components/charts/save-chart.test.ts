import { expect, test } from "vitest";
import { fileName, tableToCsv, toCsv } from "./save-chart";

test("the file has a row a time, empty cells where nothing is known, and no formula in its head", () => {
  const csv = toCsv(
    [
      {
        key: "a",
        label: "=SUM(A1)",
        color: "--s-blue",
        points: [
          [0, 4.707999999999999],
          [60_000, null],
          [120_000, 3],
        ],
      },
      { key: "b", label: 'The "B"', color: "--s-blue", points: [[60_000, 5]] },
    ],
    { from: 0, to: 90_000 },
    { unit: "%", sources: ["CPU (%): measured.", "A point is a mean."] },
  );
  expect(csv.split("\r\n")).toEqual([
    `time,"'=SUM(A1) (%)","The ""B"" (%)",source`,
    '1970-01-01T00:00:00.000Z,4.708,,"CPU (%): measured. A point is a mean."',
    '1970-01-01T00:01:00.000Z,,5,"CPU (%): measured. A point is a mean."',
    "",
  ]);
});

test("a file is named after its chart and period", () => {
  const from = Date.parse("2025-03-01T12:00:00Z");
  const named = (to: string) => fileName("Memory (backends)", { from, to: Date.parse(to) }, "csv");
  expect(named("2025-03-08T12:00:00Z")).toBe("memory-backends-2025-03-01-to-2025-03-08.csv");
  expect(named("2025-03-01T13:00:00Z")).toBe("memory-backends-2025-03-01.csv");
});

test("a table of figures is quoted as every other file, and unknown is empty", () => {
  const csv = tableToCsv(
    ["tenant", "mean"],
    [
      ["\u00a0=cmd|' /C calc'!A0", 0.1 + 0.2],
      ["＝1+1", null],
      ['O\'Neil, "A"', -3],
    ],
  );
  expect(csv.split("\r\n")).toEqual([
    '"tenant","mean"',
    "\"'\u00a0=cmd|' /C calc'!A0\",0.3",
    '"\'＝1+1",',
    '"O\'Neil, ""A""",-3',
    "",
  ]);
});

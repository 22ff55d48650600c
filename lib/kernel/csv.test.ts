import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvField, csvLine, csvWritten } from "./csv";

test("what a spreadsheet would run has an apostrophe in front", () => {
  const run = [
    "=1",
    "+1",
    "-1",
    "@A",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    "\ufe661",
    "\ufe621",
    "\ufe631",
    "\ufe6bA",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\t1",
    "\r1",
    "\n1",
  ];
  for (const text of run) expect(csvField(text)).toBe(`"'${text}"`);
});

test("all else stays as it is: numbers below zero, unknown, words with such a sign within", () => {
  expect([-1.5, 0, 1e21].map(csvField)).toEqual(["-1.5", "0", "1e+21"]);
  expect([null, undefined].map(csvField)).toEqual(["", ""]);
  for (const text of ["a=1", "1-1", "", "שלום", "👩‍👧", "'=1"]) expect(csvField(text)).toBe(`"${text}"`);
  expect([true, { a: "=1" }].map(csvField)).toEqual(['"true"', '"{""a"":""=1""}"']);
});

test("a number that is none is unknown, also where PostgreSQL wrote it; the words are kept where somebody wrote them", () => {
  const none = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  expect(csvLine([1, ...none, 2])).toBe("1,,,,2\r\n");
  expect(none.map(String).map(csvWritten)).toEqual(["", "", ""]);
  expect(csvWritten("1.5,NaN,NaN,Infinity,-Infinity,-2,,true")).toBe("1.5,,,,,-2,,true");
  expect(csvField("NaN")).toBe('"NaN"');
});

test("any text comes back from a strict reader, but for that apostrophe", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 2, maxLength: 5 }), (texts) => {
      const [row = []]: string[][] = parse(csvLine(texts), { record_delimiter: "\r\n" });
      expect(row.map((text, index) => (text === `'${texts[index]}` ? texts[index] : text))).toEqual(texts);
    }),
  );
});

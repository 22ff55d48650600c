import { expect, test } from "vitest";
import { drawnTable, plainTable } from "./table";
import { cut, printable, widthOf } from "./width";

const plain = (text: string) => text;

test("a text is as wide as a terminal draws it", () => {
  expect(widthOf("acme")).toBe(4);
  expect(widthOf("東京")).toBe(4);
  expect(widthOf("e\u0301")).toBe(1);
  expect(widthOf("👩‍👩‍👧")).toBe(2);
  expect(cut("東京都庁", 5)).toBe("東京…");
  expect(cut("acme", 4)).toBe("acme");
});

test("a table fits the terminal: its widest columns are cut, and its lines stand under each other", () => {
  const rows = [
    ["acme", "A name that is a good deal longer than the terminal is wide, by far", 1],
    ["東京都", "東京都庁の大きなお店の名前はとても長いのです", 23],
  ];
  const drawn = drawnTable(["Slug", "Name", { title: "Count", align: "right" }], rows, 40, plain).split("\n");
  expect(drawn.map(widthOf).every((width) => width <= 40)).toBe(true);
  expect(drawn[0]).toMatch(/^Slug {4}Name +Count$/);
  expect(drawn[1]).toMatch(/^acme {4}A name .*… +1$/);
  expect(drawn.map((line) => widthOf(line.slice(0, line.search(/Name|A name|東京都庁/))))).toEqual([8, 8, 8]);
});

test("a list in a narrow terminal keeps something of each column", () => {
  const drawn = drawnTable(["One", "Two"], [["a".repeat(50), "b".repeat(50)]], 10, plain).split("\n");
  expect(drawn[1]).toBe(`${"a".repeat(7)}…  ${"b".repeat(7)}…`);
});

test("what is unknown is a dash for people and nothing for programs, and 0 is 0", () => {
  expect(drawnTable(["A", "B"], [[null, 0]], 80, plain).split("\n")[1]).toBe("–  0");
  expect(plainTable(["A", "B", "C"], [[null, 0, "c"]])).toBe("\t0\tc");
});

test("names can't move a terminal's cursor, nor make columns or lines of their own", () => {
  expect(printable("red\u001b[31m")).toBe("red\\u001b[31m");
  expect(plainTable(["A", "B"], [["one\ttwo\nthree", "b"]])).toBe("one\\u0009two\\u000athree\tb");
});

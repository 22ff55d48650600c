import { expect, test } from "vitest";
import { settable } from "./settable";

test("line ends and control characters become spaces", () => {
  expect(settable("Two\nlines\tand\u0000a\u2028third")).toBe("Two lines and a third");
});

test("characters that turn what stands around them are left out", () => {
  expect(settable("abc\u202egnp.exe\u2066x\u200f")).toBe("abcgnp.exex");
});

test("a long run without spaces can be broken, but no character of it is torn apart", () => {
  const flag = "👩‍🚀";
  const parts = settable(flag.repeat(20)).split("\u200b");
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.every((part) => part.startsWith(flag) && part.endsWith(flag))).toBe(true);
  expect(parts.join("")).toBe(flag.repeat(20));
  expect(settable("A name of many words that needs nothing")).not.toContain("\u200b");
});

test("a text that is too long for a page is cut and says so", () => {
  const cut = settable("word ".repeat(500));
  expect(cut.length).toBeLessThan(700);
  expect(cut.endsWith("…")).toBe(true);
});

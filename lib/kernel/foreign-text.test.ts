import { expect, test } from "vitest";
import { beginning, storableJson } from "./foreign-text";

test("a text is cut to a length, but never inside a character", () => {
  expect(beginning("abc", 3)).toBe("abc");
  expect(beginning("abcd", 3)).toBe("abc");
  expect(beginning("ab😀", 3)).toBe("ab");
  expect(beginning("a😀b", 3)).toBe("a😀");
});

test("what PostgreSQL refuses in JSON is replaced, wherever it is; whole characters stay", () => {
  const value = { list: ["a\0b", { deep: "half \ud83d" }], whole: "😀", number: 1, none: null };
  expect(JSON.parse(storableJson(value))).toEqual({
    list: ["a\ufffdb", { deep: "half \ufffd" }],
    ...{ whole: "😀", number: 1, none: null },
  });
});

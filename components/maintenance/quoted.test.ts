import { expect, test } from "vitest";
import { quoted } from "./quoted";

test("a quoted message ends with one full stop", () => {
  expect(["Back soon.", "Back at six", "Why?"].map(quoted)).toEqual(["“Back soon.”", "“Back at six”.", "“Why?”"]);
});

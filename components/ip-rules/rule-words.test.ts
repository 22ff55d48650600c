import { expect, test } from "vitest";
import { effectOf } from "./rule-words";

test("without rules every network may come", () => {
  expect(effectOf([])).toEqual(["Console and API: every network may reach it."]);
});

test("what is allowed for one area leaves the other open, and what is denied is said last", () => {
  expect(
    effectOf([
      { network: "10.0.0.0/8", action: "allow", area: "console" },
      { network: "203.0.113.7", action: "deny", area: "both" },
    ]),
  ).toEqual([
    "Console: only 10.0.0.0/8 may reach it, but never 203.0.113.7.",
    "API: every network may reach it, but never 203.0.113.7.",
  ]);
});

import { expect, test } from "vitest";
import { until } from "./words";

test.each([
  [-60, "in a moment"],
  [5, "in a moment"],
  [45, "in 45 s"],
  [90, "in 2 min"],
  [59 * 60, "in 59 min"],
  [6 * 3600, "in 6 h"],
  [24 * 3600, "in 24 h"],
])("%i seconds ahead are told as %s", (seconds, words) => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  expect(until(new Date(now + seconds * 1000).toISOString(), now)).toBe(words);
});

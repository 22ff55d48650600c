import { expect, test } from "vitest";
import { dayWords } from "./day-words";

test("a moment is told by its day in the report's zone, and by the time where it is not midnight there", () => {
  expect(dayWords("2026-11-15T23:00:00Z", "Europe/Vienna")).toBe("2026-11-16");
  expect(dayWords("2026-11-15T23:00:00Z")).toBe("2026-11-15 23:00");
  expect(dayWords("2026-11-16T00:00:00Z", "UTC")).toBe("2026-11-16");
  expect(dayWords("2026-11-16T00:00:00+05:30", "Asia/Kolkata")).toBe("2026-11-16");
  expect(dayWords("2026-03-29T01:30:00Z", "Europe/Vienna")).toBe("2026-03-29 03:30");
});

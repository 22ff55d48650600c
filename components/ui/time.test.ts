import { expect, test } from "vitest";
import { calendarDay, exactDateTime, exactTime, relativeTime } from "./time";

const noon = "2026-01-15T12:00:00Z";

test("times are written in the zone they are asked for, and exact ones name it", () => {
  expect(exactTime(noon, "Asia/Kolkata")).toBe("17:30:00");
  expect(exactDateTime(noon, "Europe/Vienna")).toMatch(/^15 Jan 2026, 13:00:00 (CET|GMT\+1)$/);
  expect(exactDateTime(noon, "UTC")).toMatch(/UTC$/);
  expect(calendarDay("2026-01-15T23:30:00Z", "Asia/Tokyo")).toBe("16 Jan 2026");
});

test("what is long ago is told by its day in that zone", () => {
  const now = Date.parse("2026-03-15T12:00:00Z");
  expect(relativeTime("2026-01-15T23:30:00Z", now, "Asia/Tokyo")).toBe("16 Jan 2026");
  expect(relativeTime("2026-01-15T23:30:00Z", now, "UTC")).toBe("15 Jan 2026");
  expect(relativeTime("2026-03-15T11:00:00Z", now, "Asia/Tokyo")).toBe("1 h ago");
});

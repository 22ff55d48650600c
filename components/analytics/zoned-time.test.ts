import { expect, test } from "vitest";
import { exactTimeIn, zonedText, zonedTime } from "./zoned-time";

test("a time is shown and heard in the chosen zone, whatever the browser's", () => {
  expect(zonedText("2026-01-15T12:00:00Z", "Europe/Vienna")).toBe("2026-01-15T13:00");
  expect(zonedText("2026-07-15T22:30:00Z", "Asia/Kolkata")).toBe("2026-07-16T04:00");
  expect(zonedTime("2026-07-16T04:00", "Asia/Kolkata")).toBe("2026-07-15T22:30:00.000Z");
  expect(zonedTime("2026-01-15T13:00", "Europe/Vienna")).toBe("2026-01-15T12:00:00.000Z");
  expect(exactTimeIn("UTC", "2026-01-15T12:00:00Z")).toContain("15 Jan 2026");
});

test("the hours around a change of the clocks are the right ones", () => {
  for (const [text, time] of [
    ["2026-03-29T01:59", "2026-03-29T00:59:00.000Z"],
    ["2026-03-29T03:00", "2026-03-29T01:00:00.000Z"],
    ["2026-10-25T03:30", "2026-10-25T02:30:00.000Z"],
  ] as const) {
    expect(zonedTime(text, "Europe/Vienna")).toBe(time);
    expect(zonedText(time, "Europe/Vienna")).toBe(text);
  }
});

test("half a date is no time", () => {
  expect(zonedTime("", "UTC")).toBeNull();
  expect(zonedText("nonsense", "UTC")).toBe("");
});

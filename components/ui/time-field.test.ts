import { expect, test } from "vitest";
import { isoTime, localTime } from "./time-field";

test("a time goes through the browser's field and comes back as it was, to the minute", () => {
  for (const time of ["2026-11-21T12:34:00.000Z", "2027-03-28T01:00:00.000Z"])
    expect(isoTime(localTime(time))).toBe(time);
  expect(localTime("2026-11-21T12:34:56.789Z")).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
});

test("what is no time is nothing", () => {
  expect([localTime(""), isoTime(""), isoTime("2026-13-40T99:00")]).toEqual(["", "", ""]);
});

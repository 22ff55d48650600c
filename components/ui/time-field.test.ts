import { expect, test } from "vitest";
import { z } from "zod";
import { heardTime, isoTime, localTime, unfinished } from "./time-field";

test("a time goes through the browser's field and comes back as it was, to the minute", () => {
  for (const time of ["2026-11-21T12:34:00.000Z", "2027-03-28T01:00:00.000Z"])
    expect(isoTime(localTime(time))).toBe(time);
  expect(localTime("2026-11-21T12:34:56.789Z")).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
});

test("what is no time is nothing", () => {
  expect([localTime(""), isoTime(""), isoTime("2026-13-40T99:00")]).toEqual(["", "", ""]);
});

test("half a date is neither a time nor none", () => {
  expect(heardTime("", true)).toBe(unfinished);
  expect(heardTime("", false)).toBe("");
  expect(heardTime(localTime("2026-11-21T12:34:00.000Z"), false)).toBe("2026-11-21T12:34:00.000Z");
  expect(localTime(unfinished)).toBe("");
  expect(z.iso.datetime().safeParse(unfinished).success).toBe(false);
});

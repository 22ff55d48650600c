import { expect, test } from "vitest";
import { calendarBegins, clocksKept } from "./zones";

const at = (text: string) => Date.parse(text);
const told = (begins: number[]) => begins.map((begin) => new Date(begin).toISOString());

test("a day that a zone left out is no step: Samoa had no 30 December 2011", () => {
  const begins = calendarBegins("day", at("2011-12-29T12:00Z"), at("2012-01-01T00:00Z"), "Pacific/Apia", 2000);
  expect(told(begins)).toEqual([
    "2011-12-29T10:00:00.000Z",
    "2011-12-30T10:00:00.000Z",
    "2011-12-31T10:00:00.000Z",
    "2012-01-01T10:00:00.000Z",
  ]);
});

test("a zone is one, however it is written", () => {
  const before = clocksKept();
  const name = "Europe/Vienna";
  const days = (tz: string) => calendarBegins("day", at("2026-10-24T12:00Z"), at("2026-10-27T12:00Z"), tz, 2000);
  for (let spelling = 0; spelling < 200; spelling++) {
    const letters = [...name].map((letter, n) => (spelling & (1 << n) ? letter.toUpperCase() : letter.toLowerCase()));
    expect(days(letters.join(""))).toEqual(days(name));
  }
  expect(clocksKept()).toBe(before + 1);
});

test("however many zones are asked for, a hundred are kept", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  expect(zones.length).toBeGreaterThan(200);
  for (const tz of zones) calendarBegins("day", at("2026-10-24T12:00Z"), 0, tz, 2000);
  expect(clocksKept()).toBe(100);
});

import { expect, test } from "vitest";
import type { Points } from "@/lib/history/shapes";
import { inWords, newestKnown } from "./newest";

const hour = 3_600_000;
const hourly = (...values: (number | null)[]): Points => values.map((value, index) => [index * hour, value]);
const all = { from: 0, to: 10 * hour };

test("in the first minutes of an hour, whose step is not rolled up yet, the newest value is that of the hour before", () => {
  expect(newestKnown(hourly(1, 2, 3), all)).toEqual({ at: 2 * hour, value: 3, old: false });
  expect(newestKnown(hourly(1, 2, 3, null), all)).toEqual({ at: 2 * hour, value: 3, old: false });
});

test("a value is old where the steps since should be known", () => {
  expect(newestKnown(hourly(1, 2, null, null), all)).toEqual({ at: hour, value: 2, old: true });
  const minutes: Points = [1, 2, null, null, null, null].map((value, index) => [index * 60_000, value]);
  expect(newestKnown(minutes.slice(0, 5), all), "a minute is rolled up a little after its end").toMatchObject({
    value: 2,
    old: false,
  });
  expect(newestKnown(minutes, all)).toMatchObject({ value: 2, old: true });
});

test("only what is in view counts, and what begins before it may reach into it", () => {
  const points = hourly(1, 2, 3, 4, null);
  expect(newestKnown(points, { from: 0, to: 1.5 * hour })).toMatchObject({ value: 2, old: false });
  expect(newestKnown(points, { from: 1.2 * hour, to: 1.6 * hour })).toMatchObject({ value: 2 });
  expect(newestKnown(points, { from: 5 * hour, to: 9 * hour })).toBeNull();
  expect(newestKnown(hourly(null, null), all)).toBeNull();
  expect(newestKnown([], all)).toBeNull();
});

test("the description says what the eye would see, and of when a value is that is old", () => {
  const words = { value: (value: number) => `${value} %`, time: (at: number) => `hour ${at / hour}` };
  const series = [
    { key: "a", label: "First", color: "--s-blue" as const, points: hourly(2, 5, 3, null) },
    { key: "b", label: "Second", color: "--s-gray" as const, points: hourly(4, 1, null, null) },
    { key: "c", label: "Third", color: "--s-sky" as const, points: hourly(null) },
  ];
  expect(inWords("CPU", series, all, words)).toBe(
    "CPU. First: newest 3 %, between 2 % and 5 %. Second: newest 1 % (hour 1), between 1 % and 4 %. Third: nothing measured.",
  );
});

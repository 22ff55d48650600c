import { expect, test } from "vitest";
import type { Points } from "@/lib/history/shapes";
import { columnsOf } from "./columns";

const many: Points = Array.from({ length: 10_000 }, (_, index) => [
  index * 1000,
  index === 4321 ? 999 : index >= 6000 && index < 6200 ? null : index % 50,
]);

test("a long series becomes a column a pixel at most, and its peak and its lowest value stay", () => {
  const columns = columnsOf(many, 0, 10_000_000, 500);
  expect(columns?.at.length).toBeGreaterThan(450);
  expect(columns?.at.length).toBeLessThanOrEqual(501);
  expect(columns?.high[columns.at.indexOf(4321 / 20 - ((4321 / 20) % 1))]).toBe(999);
  expect(Math.min(...(columns?.low ?? []))).toBe(0);
});

test("time of which nothing is known has no columns, and only the first one after it is not joined", () => {
  const columns = columnsOf(many, 0, 10_000_000, 500);
  const places = columns?.at ?? [];
  expect(places.filter((place) => place >= 300 && place < 310)).toEqual([]);
  expect(places.filter((_, index) => columns?.broken[index])).toEqual([0, 310]);
});

test("a view with fewer points than pixels is no matter of columns", () => {
  expect(columnsOf(many, 0, 400_000, 500)).toBeNull();
});

test("while a view moves by less than a column, its columns keep their values", () => {
  const [before, after] = [columnsOf(many, 0, 8_000_000, 500), columnsOf(many, 4000, 8_004_000, 500)];
  expect(after?.high.slice(1, 480)).toEqual(before?.high.slice(1, 480));
});

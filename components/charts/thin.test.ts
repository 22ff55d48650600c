import { expect, test } from "vitest";
import type { Points } from "@/lib/history/shapes";
import { nearest, thin, thinEvenly } from "./thin";

const many: Points = Array.from({ length: 10_000 }, (_, index) => [
  index * 1000,
  index === 4321 ? 999 : index >= 6000 && index < 6200 ? null : index % 50,
]);

test("a long series is thinned to about a point a pixel, and its peak and its gap stay", () => {
  const dots = thin(many, 0, 10_000_000, 500);
  expect(dots.length).toBeLessThan(520);
  expect(dots).toContainEqual({ x: 4_321_000, y: 999 });
  expect(dots.some(({ x, y }) => y === null && x >= 6_000_000 && x < 6_200_000)).toBe(true);
});

test("a view with few points shows each of them, with one neighbour at each side", () => {
  expect(thin(many, 2500, 4500, 500)).toEqual([
    { x: 2000, y: 2 },
    { x: 3000, y: 3 },
    { x: 4000, y: 4 },
    { x: 5000, y: 5 },
  ]);
});

test("times of thinned stacks are the same for every series", () => {
  const other: Points = many.map(([x]) => [x, 1]);
  const times = (points: Points) => thinEvenly(points, 0, 10_000_000, 500, "mean").map(({ x }) => x);
  expect(times(other)).toEqual(times(many));
});

test("a band's edges hold all that lies between them", () => {
  const high = thinEvenly(many, 0, 10_000_000, 500, "max");
  expect(Math.max(...high.map(({ y }) => y ?? 0))).toBe(999);
});

test("moving the view does not change what stands for a stretch", () => {
  const inside = (from: number) =>
    thin(many, from, from + 5_000_000, 500).filter(({ x }) => x > 2_000_000 && x < 4_000_000);
  expect(inside(1_000_000)).toEqual(inside(1_003_000));
});

test("the nearest point of a time is found at either side, and none where there is none", () => {
  expect(nearest(many, 2400)).toBe(2);
  expect(nearest(many, 2600)).toBe(3);
  expect(nearest(many, 1e12)).toBe(9999);
  expect(nearest([], 5)).toBe(-1);
});

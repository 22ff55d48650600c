import { expect, test } from "vitest";
import { choose, type Sized } from "./storage-plan";

const cost = 0.0005;
const sized = (at: number | undefined, moved: boolean): Sized => ({ bytes: 1, at, moved });

test("databases that changed are measured again after some seconds, idle ones after a minute", () => {
  const databases = new Map([
    [1, sized(97, true)],
    [2, sized(95, true)],
    [3, sized(50, false)],
    [4, sized(30, false)],
    [5, sized(undefined, false)],
  ]);
  expect(choose(databases, 100, cost)).toEqual([5, 2, 4]);
});

test("a round measures no more than its time allows, and always something", () => {
  const many = new Map(Array.from({ length: 1000 }, (_, id) => [id, sized(id < 500 ? undefined : 0, false)]));
  expect(choose(many, 100, cost)).toHaveLength(80 + 20);
  expect(choose(many, 100, 10)).toHaveLength(2);
});

test("every database gets its turn, however many change all the time", () => {
  const databases = new Map(Array.from({ length: 400 }, (_, id) => [id, sized(0, true)]));
  for (let now = 4; now < 4 + 2 * 6; now += 2) {
    for (const id of choose(databases, now, cost)) databases.set(id, sized(now, true));
  }
  expect([...databases.values()].every(({ at }) => at !== 0)).toBe(true);
});

import { expect, test } from "vitest";
import { turns } from "./turns";

test("so many go on at once, the others in the order they came, also after one failed", async () => {
  const turn = turns(2);
  const begun: number[] = [];
  const ends: ((fails: boolean) => void)[] = [];
  const works = Array.from({ length: 4 }, (_, number) =>
    turn(async () => {
      begun.push(number);
      if (await new Promise<boolean>((resolve) => ends.push(resolve))) throw new Error("failed");
      return number;
    }),
  );
  const all = Promise.allSettled(works);
  expect(begun).toEqual([0, 1]);
  ends[1]?.(true);
  await expect(works[1]).rejects.toThrow("failed");
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.(false);
  await expect(works[0]).resolves.toBe(0);
  expect(begun).toEqual([0, 1, 2, 3]);
  for (const end of ends) end(false);
  expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  await expect(turn(async () => "again")).resolves.toBe("again");
});

test("who leaves while waiting does not begin, those behind move up, and who has begun goes on", async () => {
  const turn = turns(1);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => async () => {
    begun.push(name);
    await new Promise<void>((resolve) => ends.push(resolve));
    return name;
  };
  const leaving = new AbortController();
  const first = turn(work("first"), leaving.signal);
  const left = turn(work("left"), leaving.signal);
  const next = turn(work("next"), new AbortController().signal);
  const last = turn(work("last"));
  leaving.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  await expect(turn(work("late"), leaving.signal)).rejects.toThrow("gone");
  expect(begun).toEqual(["first"]);
  for (const [index, ended] of [first, next, last].entries()) {
    ends[index]?.();
    await ended;
  }
  expect(begun).toEqual(["first", "next", "last"]);
  expect(await turn(async () => "again")).toBe("again");
});

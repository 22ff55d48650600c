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

import { expect, test } from "vitest";
import { inTurns } from "./in-turns";

test("between one and the next whoever else waits has a turn", async () => {
  const seen: string[] = [];
  const others = ["a", "b", "c"].map((name) =>
    new Promise((resolve) => setImmediate(resolve)).then(() => seen.push(name)),
  );
  const done = await inTurns([1, 2, 3], (one) => {
    seen.push(String(one));
    return one * 10;
  });
  await Promise.all(others);
  expect(done).toEqual([10, 20, 30]);
  expect(seen).toEqual(["1", "a", "b", "c", "2", "3"]);
});

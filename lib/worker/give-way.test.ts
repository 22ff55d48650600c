import { once } from "node:events";
import { expect, test } from "vitest";
import { giveWay } from "./give-way";

const open = new AbortController().signal;

test("it does not begin while something else is at work", async () => {
  let begun = false;
  await giveWay(
    open,
    async () => true,
    async () => {
      begun = true;
    },
  );
  expect(begun).toBe(false);
});

test("it is told to stop once something else is at work, and not before", async () => {
  let looks = 0;
  const told: boolean[] = [];
  const work = async (signal: AbortSignal) => {
    told.push(signal.aborted);
    await once(signal, "abort");
    told.push(signal.aborted);
  };
  await giveWay(open, async () => ++looks > 3, work, 5);
  expect([told, looks]).toEqual([[false, true], 4]);
});

test("it is told to stop with the worker", async () => {
  const stop = new AbortController();
  const work = async (signal: AbortSignal) => {
    stop.abort();
    expect(signal.aborted).toBe(true);
  };
  await giveWay(stop.signal, async () => false, work, 5);
});

test("a question that fails ends it, and is told", async () => {
  let looks = 0;
  const busy = async () => {
    if (++looks > 1) throw new Error("away");
    return false;
  };
  const work = async (signal: AbortSignal) => void (signal.aborted || (await once(signal, "abort")));
  await expect(giveWay(open, busy, work, 5)).rejects.toThrow("away");
});

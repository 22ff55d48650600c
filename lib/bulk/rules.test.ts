import { describe, expect, test } from "vitest";
import { countsOf, type Group, paceOf, secondsLeft, wavesOf } from "./rules";
import type { ItemStatus, RunStatus } from "./shapes";

const group = (wave: number, status: ItemStatus, items: number, more: Partial<Group> = {}): Group => ({
  ...{ wave, status, items, serverId: "a", lately: 0, seconds: 0, timed: 0, undoable: 0 },
  ...more,
});
const progress = (more: object = {}) => ({
  ...{ status: "running" as RunStatus, wave: 0, options: { concurrency: 4 }, runningMs: 120_000 },
  ...more,
});

describe("waves", () => {
  const groups = [group(0, "done", 3), group(0, "failed", 1), group(1, "pending", 10), group(1, "skipped", 2)];

  test("are told in order, with what became of each one's items", () => {
    expect(wavesOf(groups, 0, "running")).toEqual([
      { wave: 0, name: "Canary", total: 4, counts: countsOf(groups.slice(0, 2)), state: "done" },
      { wave: 1, name: "The rest", total: 12, counts: countsOf(groups.slice(2)), state: "waiting" },
    ]);
    expect(wavesOf([group(1, "running", 1)], 1, "running")[0]).toMatchObject({ name: "All", state: "running" });
  });

  test("wait until they are reached, and until somebody confirmed the run", () => {
    const states = (reached: number, status: RunStatus) =>
      wavesOf([group(0, "pending", 1), group(1, "pending", 1)], reached, status).map(({ state }) => state);
    expect(states(0, "planned")).toEqual(["waiting", "waiting"]);
    expect(states(1, "awaiting_second")).toEqual(["waiting", "waiting"]);
    expect(states(0, "running")).toEqual(["running", "waiting"]);
  });

  test("of a paused run are at work while something of them still runs", () => {
    const waves = wavesOf([group(0, "done", 1), group(1, "running", 1), group(1, "pending", 1)], 1, "paused");
    expect(waves.map(({ state }) => state)).toEqual(["done", "running"]);
    expect(wavesOf([group(1, "pending", 1)], 1, "paused")[0]?.state).toBe("waiting");
  });
});

describe("the pace", () => {
  test("is what ended in the last minute, or since the run began", () => {
    const groups = [group(1, "done", 500, { lately: 90 }), group(1, "failed", 5, { lately: 30 })];
    expect(paceOf(groups, progress())).toBe(2);
    expect(paceOf(groups, progress({ runningMs: 10_000 }))).toBe(12);
  });

  test("is not known while nothing ended lately, or the run is not at work", () => {
    expect(paceOf([group(1, "done", 500)], progress())).toBeNull();
    expect(paceOf([group(1, "done", 9, { lately: 9 })], progress({ status: "paused" }))).toBeNull();
  });
});

describe("the time left", () => {
  const canary = group(0, "done", 10, { timed: 10, seconds: 30, lately: 10 });

  test("is at the canary's pace until the rest began, as many at a time on each server as the run may", () => {
    const rest = [group(1, "pending", 40), group(1, "pending", 40, { serverId: "b" })];
    expect(secondsLeft([canary, ...rest], progress())).toBe(30);
    expect(secondsLeft([canary, group(1, "pending", 1)], progress())).toBe(3);
  });

  test("is at the run's own pace once the rest began", () => {
    const groups = [canary, group(1, "done", 60, { timed: 60, seconds: 600, lately: 50 }), group(1, "pending", 100)];
    expect(secondsLeft(groups, progress())).toBe(100);
  });

  test("is not known without anything to tell by, and nothing when nothing is left", () => {
    expect(secondsLeft([group(0, "pending", 5)], progress())).toBeNull();
    expect(secondsLeft([group(1, "running", 5), group(1, "pending", 5)], progress())).toBeNull();
    expect(secondsLeft([canary, group(1, "pending", 5)], progress({ status: "paused" }))).toBeNull();
    expect(secondsLeft([canary], progress())).toBe(0);
  });
});

import { describe, expect, test } from "vitest";
import { between, choose, chosenCount, everyMatch, isChosen, nothing } from "./selection";

describe("a selection of tenants", () => {
  test("holds single ones, and lets go of them", () => {
    const some = choose(choose(nothing, ["a", "b", "c"], true), ["b"], false);
    expect(["a", "b", "c"].filter((id) => isChosen(some, id))).toEqual(["a", "c"]);
    expect(chosenCount(some, 100)).toBe(2);
  });

  test("of everything that matches leaves out what is unticked, and takes it back in", () => {
    const most = choose(everyMatch, ["a", "b"], false);
    expect([isChosen(most, "a"), isChosen(most, "z")]).toEqual([false, true]);
    expect(chosenCount(most, 4312)).toBe(4310);
    expect(chosenCount(choose(most, ["a"], true), 4312)).toBe(4311);
  });

  test("stretches from the last one clicked in either direction, and no further than the page", () => {
    const page = ["a", "b", "c", "d"];
    expect(between(page, "b", "d")).toEqual(["b", "c", "d"]);
    expect(between(page, "d", "b")).toEqual(["b", "c", "d"]);
    expect(between(page, "elsewhere", "c")).toEqual(["c"]);
    expect(between(page, null, "c")).toEqual(["c"]);
  });
});

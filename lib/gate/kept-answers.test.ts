import { beforeEach, expect, test, vi } from "vitest";
import { briefly, forgetAnswers, kept, keptNow } from "./kept-answers";

let now = 0;
const clock = () => new Date(now);
const size = () => 100;

/** A maker of numbered answers that come when they are let go. */
function maker() {
  const waiting: (() => void)[] = [];
  let made = 0;
  return {
    make: () => {
      const answer = ++made;
      return new Promise<{ answer: number }>((resolve) => waiting.push(() => resolve({ answer })));
    },
    release: () => {
      for (const go of waiting.splice(0)) go();
    },
    made: () => made,
  };
}

beforeEach(() => {
  forgetAnswers();
  now = 1_000_000;
});

test("many who ask at once wait for one answer", async () => {
  const { make, release, made } = maker();
  const all = Promise.all([1, 2, 3].map(() => kept("a", clock, make, size)));
  release();
  expect(await all).toEqual([{ answer: 1 }, { answer: 1 }, { answer: 1 }]);
  expect(made()).toBe(1);
});

test("an older answer is given once more while the next is made, a very old one is not", async () => {
  const { make, release, made } = maker();
  const first = kept("a", clock, make, size);
  release();
  await first;
  now += 4000;
  expect(await kept("a", clock, make, size)).toEqual({ answer: 1 });
  expect(made()).toBe(1);
  now += 50_000;
  expect(await kept("a", clock, make, size)).toEqual({ answer: 1 });
  expect(made()).toBe(2);
  release();
  await vi.waitFor(async () => expect(await kept("a", clock, make, size)).toEqual({ answer: 2 }));
  now += 180_000;
  const later = kept("a", clock, make, size);
  release();
  expect(await later).toEqual({ answer: 3 });
});

test("another key has another answer", async () => {
  expect(await kept("a", clock, async () => "one", size)).toBe("one");
  expect(await kept("b", clock, async () => "two", size)).toBe("two");
});

test("an error is told to those who wait and kept for nobody", async () => {
  const fail = () => kept("a", clock, () => Promise.reject(new Error("away")), size);
  await expect(fail()).rejects.toThrow("away");
  expect(await kept("a", clock, async () => "back", size)).toBe("back");
});

test("briefly, only what took long is kept, for ten seconds at most, and nothing older is given", async () => {
  const time = vi.spyOn(performance, "now");
  const taking = (ms: number, answer: string) => async () => {
    time.mockReturnValue(ms);
    return answer;
  };
  const ask = (ms: number, answer: string) => {
    time.mockReturnValue(0);
    return kept("a", clock, taking(ms, answer), size, briefly);
  };
  expect(await ask(0, "quick")).toBe("quick");
  now += 1;
  expect(await ask(100, "slow")).toBe("slow");
  now += 5990;
  expect(await ask(60_000, "slower")).toBe("slow");
  now += 20;
  expect(await ask(60_000, "slower")).toBe("slower");
  now += 9990;
  expect(await ask(0, "new")).toBe("slower");
  now += 20;
  expect(await ask(0, "new")).toBe("new");
  time.mockRestore();
});

test("what is kept is bounded, and the longest unused goes first", async () => {
  const large = () => 10_000_000;
  for (const key of ["a", "b", "c", "d", "e", "f"]) await kept(key, clock, async () => key, large);
  await kept("a", clock, async () => "again", large);
  await kept("g", clock, async () => "g", large);
  expect(keptNow().bytes).toBeLessThanOrEqual(64 * 1024 * 1024);
  expect(await kept("a", clock, async () => "new", large)).toBe("a");
  expect(await kept("b", clock, async () => "new", large)).toBe("new");
  await kept(
    "huge",
    clock,
    async () => "huge",
    () => 50_000_000,
  );
  expect(await kept("huge", clock, async () => "other", size)).toBe("other");
});

import { EventEmitter } from "node:events";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bindTenant, currentTenant, runInTenant, runOutsideTenant } from "./context";
import type { RuntimeTenant } from "./tenant";

const tenant = (id: string) => ({ id }) as RuntimeTenant;

test("outside a context there is no tenant, not even a default one", () => {
  expect(() => currentTenant()).toThrow("No tenant here");
});

test("a context ends with its work, also when that fails, and the outer one is back", () => {
  runInTenant(tenant("outer"), () => {
    expect(() =>
      runInTenant(tenant("inner"), () => {
        throw new Error("broken");
      }),
    ).toThrow("broken");
    expect(currentTenant().id).toBe("outer");
  });
  expect(() => currentTenant()).toThrow();
});

test("timers and promises that were started in a context keep it", async () => {
  const seen = await runInTenant(tenant("a"), async () => {
    await delay(1);
    return await new Promise((resolve) => setTimeout(() => resolve(currentTenant().id), 1));
  });
  expect(seen).toBe("a");
});

const inside = <Result>(id: string, work: () => Result) => runInTenant(tenant(id), work);
const here = () => currentTenant().id;

test("whatever a context starts keeps it: microtasks, ticks, immediates, generators, streams, thenables", async () => {
  async function* ids() {
    for (let n = 0; n < 3; n++) {
      await delay(1);
      yield here();
    }
  }
  const seen = await inside("a", async () => {
    const found: string[] = [];
    const note = () => void found.push(here());
    queueMicrotask(note);
    process.nextTick(note);
    setImmediate(note);
    for await (const id of ids()) found.push(id);
    for await (const _ of Readable.from([1, 2]).map(async () => delay(1))) note();
    // biome-ignore lint/suspicious/noThenProperty: query builders are such, and their work begins when they are awaited.
    await { then: (done: () => void) => setTimeout(() => [note(), done()], 1) };
    return found;
  });
  expect(seen).toEqual(Array(9).fill("a"));
});

test("a listener runs for whoever emits, unless it was bound", () => {
  const emitter = new EventEmitter();
  const seen: string[] = [];
  inside("a", () => {
    emitter.on("x", () => seen.push(`as it is: ${here()}`));
    emitter.on(
      "x",
      bindTenant(function (this: EventEmitter, word: string) {
        seen.push(`bound: ${here()} ${word} ${this === emitter}`);
      }),
    );
  });
  inside("b", () => emitter.emit("x", "word"));
  expect(seen).toEqual(["as it is: b", "bound: a word true"]);
  expect(() => emitter.emit("x", "word")).toThrow("No tenant here");
  expect(() => bindTenant(() => 1)).toThrow("No tenant here");
});

test("what listens to a signal runs for the tenant that it was bound to, whoever aborts", () => {
  const stop = new AbortController();
  const seen: string[] = [];
  inside("a", () =>
    stop.signal.addEventListener(
      "abort",
      bindTenant(() => seen.push(here())),
    ),
  );
  inside("b", () => stop.abort());
  expect(seen).toEqual(["a"]);
});

test("the platform's own code runs for nobody, and its tenant is back afterwards", async () => {
  await inside("a", async () => {
    await runOutsideTenant(async () => {
      await delay(1);
      expect(here).toThrow("No tenant here");
      expect(inside("b", here)).toBe("b");
    });
    expect(here()).toBe("a");
  });
});

test("five thousand contexts at once never mix", async () => {
  const work = async (id: string) => {
    for (let n = 0; n < 5; n++) {
      await (n % 2 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve)));
      if (here() !== id) return `${here()} in the place of ${id}`;
    }
    return id;
  };
  const ids = Array.from({ length: 5000 }, (_, n) => `tenant ${n}`);
  expect(await Promise.all(ids.map((id) => inside(id, () => work(id))))).toEqual(ids);
});

type Step = { pause: number; nested: string | null };

test("contexts never mix, however their work interleaves and nests", async () => {
  const step = fc.record({ pause: fc.nat(2), nested: fc.option(fc.constantFrom("x", "y", "z")) });
  const jobs = fc.array(
    fc.record({ id: fc.constantFrom("a", "b", "c", "d"), steps: fc.array(step, { maxLength: 5 }) }),
  );
  const walk = async (id: string, steps: Step[]): Promise<void> => {
    for (const { pause, nested } of steps) {
      await (pause === 0 ? Promise.resolve() : delay(pause));
      expect(currentTenant().id).toBe(id);
      if (nested) await runInTenant(tenant(nested), () => walk(nested, [{ pause, nested: null }]));
      expect(currentTenant().id).toBe(id);
    }
  };
  await fc.assert(
    fc.asyncProperty(jobs, async (all) => {
      await Promise.all(all.map(({ id, steps }) => runInTenant(tenant(id), () => walk(id, steps))));
    }),
    { numRuns: 60 },
  );
});

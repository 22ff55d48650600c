import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { currentTenant, runInTenant } from "./context";
import type { RuntimeTenant } from "./tenant";
import { lend } from "./tenant-client";

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

test("a connection answers only in its own tenant's context, and only while it is lent", async () => {
  const asked: string[] = [];
  const real = { query: async (text: string) => asked.push(text) } as unknown as Parameters<typeof lend>[0];
  const { client, revoke } = lend(real, "a");
  await expect(client.query("SELECT 1")).rejects.toThrow("No tenant here");
  await expect(runInTenant(tenant("b"), () => client.query("SELECT 2"))).rejects.toThrow("another tenant");
  await runInTenant(tenant("a"), () => client.query("SELECT 3"));
  revoke();
  await expect(runInTenant(tenant("a"), () => client.query("SELECT 4"))).rejects.toThrow("given back");
  expect(asked).toEqual(["SELECT 3"]);
});

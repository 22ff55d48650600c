import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { type Bootstrapper, runPrepared, tenantState } from "./bootstrap";
import { bindTenant, currentTenant } from "./context";
import { aTenant } from "./testing-tenant";

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("LOG_LEVEL", "silent");
});

const prefix: Bootstrapper<string> = { name: "cache prefix", enter: ({ slug }) => `${slug}:` };
const acme = aTenant();
const birch = aTenant({ id: "0198f3a2-0000-7000-8000-000000000002", slug: "birch" });

/** A bootstrapper that writes down when it is entered and left. */
function noted(name: string, seen: string[]): Bootstrapper<string> {
  return {
    name,
    enter: ({ slug }) => {
      seen.push(`${name} enters ${currentTenant().slug}`);
      return `${name} of ${slug}`;
    },
    leave: async (state) => {
      await delay(1);
      seen.push(`leaves ${state}`);
    },
  };
}

test("each context has its own state, however many run at once and nest", async () => {
  const work = async (): Promise<string[]> => {
    await delay(Math.random() * 3);
    const nested = runPrepared([prefix], birch, () => tenantState(prefix));
    return [nested, tenantState(prefix)];
  };
  const all = Array.from({ length: 200 }, () => runPrepared([prefix], acme, work));
  expect(await Promise.all(all)).toEqual(Array(200).fill(["birch:", "acme:"]));
});

test("what was prepared is left in reverse order once the work is done, also when it failed", async () => {
  const seen: string[] = [];
  const both = [noted("one", seen), noted("two", seen)];
  await expect(
    runPrepared(both, acme, async () => {
      await delay(1);
      seen.push("works");
      throw new Error("broken");
    }),
  ).rejects.toThrow("broken");
  expect(seen).toEqual(["one enters acme", "two enters acme", "works", "leaves two of acme", "leaves one of acme"]);
});

test("when one can't be entered, those before it are left and the work is not begun", async () => {
  const seen: string[] = [];
  const broken: Bootstrapper = {
    name: "broken",
    enter: () => {
      throw new Error("no folder");
    },
  };
  const begin = () => runPrepared([noted("one", seen), broken], acme, () => seen.push("works"));
  expect(begin).toThrow("no folder");
  await vi.waitFor(() => expect(seen).toEqual(["one enters acme", "leaves one of acme"]), 5000);
});

test("work that is no promise gives its result at once, and a leave that fails spoils nothing", () => {
  const broken: Bootstrapper = { name: "x", enter: () => 1, leave: () => Promise.reject(new Error("stuck")) };
  expect(runPrepared([broken], acme, () => 42)).toBe(42);
});

test("a state that is a promise is awaited by whoever asks, and its failure harms nobody else", async () => {
  const slow: Bootstrapper<Promise<string>> = { name: "settings", enter: async ({ slug }) => `settings of ${slug}` };
  const failing: Bootstrapper<Promise<string>> = { name: "mailer", enter: () => Promise.reject(new Error("no mail")) };
  await runPrepared([slow, failing], acme, async () => {
    await delay(2);
    expect(await tenantState(slow)).toBe("settings of acme");
    await expect(tenantState(failing)).rejects.toThrow("no mail");
  });
});

test("there is no state outside a context, nor of a bootstrapper that the runtime does not know", () => {
  expect(() => tenantState(prefix)).toThrow("No tenant here");
  expect(() => runPrepared([noted("one", [])], acme, () => tenantState(prefix))).toThrow("cache prefix");
  const bound = runPrepared([prefix], acme, () => bindTenant(() => tenantState(prefix)));
  expect(bound()).toBe("acme:");
});

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { forgetAnswers, kept, keptNow } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { openedKeys, seal, unseal } from "@/lib/platform/keyring";
import { listen } from "@/lib/platform/notify";
import { askProcesses, keepPresence } from "@/lib/platform/presence";
import { controlDb } from "@/lib/platform/prisma";
import { clearedCaches } from "@/lib/platform/process-words";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { clearCaches } from "./clear-caches";
import { listCaches } from "./list-caches";
import { clearOwn, ownFigures } from "./own-caches";

let control: TestControl;
const here = new AbortController();
const heard: string[][] = [];

beforeAll(async () => {
  control = await testControl();
  const own = () => ({ kind: "web" as const, version: "1.0.0", caches: ownFigures(), audit: null });
  keepPresence({ own, clear: clearOwn }, systemClock, here.signal);
  const connected = new Promise<void>((resolve) => {
    const onMessage = (_: string, payload: string) => {
      if (clearedCaches(payload).length > 0) heard.push(clearedCaches(payload));
    };
    listen(["tenantry_processes"], { onMessage, onConnected: resolve }, here.signal);
  });
  await connected;
  await vi.waitFor(async () => expect((await askProcesses()).told).toHaveLength(1), { timeout: 20_000 });
});
afterAll(async () => {
  here.abort();
  forgetAnswers();
  await control.close();
});

const answers = async () => {
  const { caches } = await perform(listCaches, as("auditor"), {});
  return caches.find(({ name }) => name === "answers");
};

test("what a process keeps is counted: entries, bytes, hits, misses and the oldest", async () => {
  const before = await answers();
  const ask = (key: string) =>
    kept(
      key,
      systemClock,
      async () => ({ key }),
      () => 100,
    );
  await ask("a");
  await ask("a");
  await ask("b");
  const after = await answers();
  expect(after).toMatchObject({ entries: 2, bytes: 202, holder: expect.stringContaining(String(process.pid)) });
  expect((after?.hits ?? 0) - (before?.hits ?? 0)).toBe(1);
  expect((after?.misses ?? 0) - (before?.misses ?? 0)).toBe(2);
  expect(Date.parse(after?.oldestAt ?? "")).toBeLessThanOrEqual(Date.now());
});

test("clearing reaches every process, is in the audit trail, and reads anew what is asked next", async () => {
  const made = vi.fn(async () => ({ answer: made.mock.calls.length }));
  const ask = () => kept("made", systemClock, made, () => 10);
  expect(await ask()).toEqual({ answer: 1 });
  expect(await ask()).toEqual({ answer: 1 });
  await perform(clearCaches, as("operator"), { caches: ["answers", "resolutions"] });
  await vi.waitFor(() => expect(keptNow().entries).toBe(0), { timeout: 20_000 });
  await vi.waitFor(() => expect(heard).toEqual([["answers", "resolutions"]]), { timeout: 20_000 });
  expect(await ask()).toEqual({ answer: 2 });
  const trail = await controlDb().auditEvent.findFirst({
    where: { operation: "caches.clear" },
    orderBy: { id: "desc" },
  });
  expect(trail).toMatchObject({ outcome: "done", after: { cleared: ["answers", "resolutions"], removed: null } });
});

test("an answer that was being made when everything was forgotten is kept for nobody", async () => {
  let finish = () => {};
  const slow = kept(
    "slow",
    systemClock,
    () => new Promise((resolve) => (finish = () => resolve({ old: true }))),
    () => 10,
  );
  forgetAnswers();
  finish();
  expect(await slow).toEqual({ old: true });
  expect(
    await kept(
      "slow",
      systemClock,
      async () => ({ old: false }),
      () => 10,
    ),
  ).toEqual({ old: false });
});

test("the key ring is one cache however often its module was loaded, and opens again what was forgotten", async () => {
  const sealed = await seal("a secret", "test");
  const before = openedKeys();
  vi.resetModules();
  const again: typeof import("@/lib/platform/keyring") = await import("@/lib/platform/keyring");
  expect(await again.unseal(sealed, "test")).toBe("a secret");
  expect(openedKeys()).toEqual({ ...before, misses: before.misses + 1 });
  clearOwn(["data-keys"]);
  expect(openedKeys().entries).toBe(0);
  expect(await unseal(sealed, "test")).toBe("a secret");
  expect(openedKeys().entries).toBe(1);
});

test("app processes tell how often memory knew a tenant", async () => {
  const counts = "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0";
  await control.sql(`INSERT INTO runtime_processes (id, app, host, pid, started_at, seen_at, limits, open, idle, waiting,
      tenants, connects, reuses, waits, wait_ms, evictions, timeouts, losses, lookups, memory_hits, redis_hits)
    VALUES (gen_random_uuid(), 'shop', 'app-1', 7, now(), now(), '{}', ${counts}, 100, 80, 0)`);
  const { caches } = await perform(listCaches, as("owner"), {});
  expect(caches.find(({ name }) => name === "resolutions")).toMatchObject({
    ...{ holder: "shop app-1 (7)", entries: null, hits: 80, misses: 20 },
  });
});

test("who may only look does not clear, and there is no other cache", async () => {
  await expect(perform(clearCaches, as("auditor"), {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(clearCaches, as("owner"), { caches: ["all"] as never })).rejects.toMatchObject({
    code: "invalid",
  });
});

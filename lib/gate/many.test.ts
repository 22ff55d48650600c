import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openControlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { silentProxy } from "@/lib/platform/testing-silence";
import type { Ctx } from "./context";
import { readMany } from "./many";
import { as } from "./testing";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});

afterAll(async () => {
  await control?.close();
});

test("three questions over many tenants are read at once, the others in turn, also after one failed", async () => {
  const going: ((fails: boolean) => void)[] = [];
  const asked = Array.from({ length: 5 }, () =>
    readMany(as("viewer"), async ({ db }) => {
      const [set] = await db.$queryRaw<{ jit: string }[]>`SELECT current_setting('jit') AS jit`;
      if (await new Promise<boolean>((resolve) => going.push(resolve))) throw new Error("wrong");
      return set?.jit;
    }),
  );
  const ends = Promise.allSettled(asked);
  await vi.waitFor(() => expect(going).toHaveLength(3), { timeout: 10_000 });
  going[0]?.(true);
  await vi.waitFor(() => expect(going).toHaveLength(4), { timeout: 10_000 });
  going[1]?.(false);
  await vi.waitFor(() => expect(going).toHaveLength(5), { timeout: 10_000 });
  for (const go of going.slice(2)) go(false);
  const found = (await ends).map((end) => (end.status === "fulfilled" ? end.value : "failed"));
  expect(found.sort()).toEqual(["failed", "off", "off", "off", "off"]);
});

test("a question whose asker left while others were read is not read", async () => {
  const leaving = new AbortController();
  const ends: (() => void)[] = [];
  const long = () => readMany(as("viewer"), () => new Promise<void>((resolve) => ends.push(resolve)));
  const reading = [long(), long(), long()];
  const read: string[] = [];
  const left = readMany(as("viewer"), async () => read.push("left"), { signal: leaving.signal });
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: "AbortError" });
  await vi.waitFor(() => expect(ends).toHaveLength(3), { timeout: 10_000 });
  for (const end of ends) end();
  await Promise.all(reading);
  expect(read).toEqual([]);
});

test("who reads on a connection that is cut in silence is told in time, and the next reads on a new one", async () => {
  const proxy = await silentProxy(control.url);
  const own = { control: openControlDb(proxy.url) };
  const pidOf = async ({ db }: Ctx) => (await db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`)[0]?.pid;
  const before = await readMany(as("viewer"), pidOf, own);
  // More than there are turns, so that the last gets its turn only when those before were given up.
  const cut = Array.from({ length: 5 }, () =>
    readMany(
      as("viewer"),
      async (ctx) => {
        proxy.fallSilent();
        return await pidOf(ctx);
      },
      { ...own, timeout: 3000, longest: 4000 },
    ),
  );
  const ends = await Promise.allSettled(cut);
  for (const end of ends)
    expect(end).toMatchObject({ status: "rejected", reason: { message: /not done after|P2028/ } });
  const after = await readMany(as("viewer"), pidOf, own);
  expect(after).not.toBe(before);
  await proxy.close();
  await own.control.$disconnect();
}, 60_000);

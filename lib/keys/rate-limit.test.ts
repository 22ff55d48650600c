import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createClient } from "@redis/client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "@/lib/platform/free-port";
import { closeRedis } from "@/lib/platform/redis";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { countRequest, type Limit, limitHeaders, limitOf, overLimit, type Standing, stopCounting } from "./rate-limit";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterEach(stopCounting);
afterAll(() => control.close());

/** Counts requests in a process of its own, and tells how many were within the limit. */
async function elsewhere(limit: Limit, requests: number, env: Record<string, string> = {}): Promise<number> {
  const code = `
    const { countRequest, stopCounting } = await import("./lib/keys/rate-limit.ts");
    const { closeRedis, sharedRedis } = await import("./lib/platform/redis.ts");
    const redis = sharedRedis();
    while (redis && !redis.isReady) await new Promise((resolve) => setTimeout(resolve, 10));
    let within = 0;
    for (let index = 0; index < ${requests}; index++)
      if ((await countRequest(${JSON.stringify(limit)}))?.remaining >= 0) within++;
    console.log(within);
    await stopCounting();
    closeRedis();`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  await once(child, "exit");
  return Number(said);
}

const byUser = (id: string, perMinute: number): Limit => ({ by: "user", id, perMinute });

describe("a limit", () => {
  test("lets so many requests a minute through, then none, and says when to come again", async () => {
    const limit = byUser("one", 3);
    const standings: (Standing | null)[] = [];
    for (let index = 0; index < 5; index++) standings.push(await countRequest(limit));
    expect(standings.map((one) => one && overLimit(one)?.code)).toEqual([
      undefined,
      undefined,
      undefined,
      "limit",
      "limit",
    ]);
    expect(standings.map((one) => one?.remaining)).toEqual([2, 1, 0, -1, -1]);
    const error = standings[4] && overLimit(standings[4]);
    expect(error).toMatchObject({ reason: "rate_limited", retryAfter: expect.any(Number) });
    expect(error?.retryAfter).toBeLessThanOrEqual(60);
  });

  test("gives each of many requests at once its own place, and lets none too many through", async () => {
    const standings = await Promise.all(Array.from({ length: 25 }, () => countRequest(byUser("crowd", 20))));
    const remaining = standings.map((one) => one?.remaining ?? 99).sort((one, other) => other - one);
    expect(remaining).toEqual([...Array.from({ length: 20 }, (_, index) => 19 - index), -1, -1, -1, -1, -1]);
  });

  test("is of one caller, and each kind of caller has its own", async () => {
    await countRequest(byUser("two", 1));
    expect((await countRequest(byUser("three", 1)))?.remaining).toBe(0);
    expect((await countRequest({ by: "key", id: "two", perMinute: 1 }))?.remaining).toBe(0);
    expect((await countRequest(byUser("two", 1)))?.remaining).toBe(-1);
  });

  test("is one for all processes, however the requests fall", async () => {
    const limit = byUser("shared", 20);
    const within = await Promise.all([elsewhere(limit, 15), elsewhere(limit, 15)]);
    expect(within[0] + within[1]).toBe(20);
    expect((await countRequest(limit))?.remaining).toBeLessThan(0);
  });

  test("survives a restart", async () => {
    await countRequest(byUser("restart", 1));
    await stopCounting();
    expect((await countRequest(byUser("restart", 1)))?.remaining).toBe(-1);
  });

  test("keeps nobody out while nothing can count", async () => {
    await control.sql("ALTER TABLE rate_limits RENAME TO away");
    expect(await countRequest(byUser("outage", 1))).toBeNull();
    await control.sql("ALTER TABLE away RENAME TO rate_limits");
    expect((await countRequest(byUser("outage", 1)))?.remaining).toBe(0);
  });

  test("is told in the standard headers", () => {
    const standing: Standing = { by: "key", id: "x", perMinute: 600, remaining: -1, resetSeconds: 42 };
    const other: Standing = { by: "tenant", id: "y", perMinute: 100, remaining: 7, resetSeconds: 5 };
    expect(limitHeaders([standing, other])).toEqual({
      "ratelimit-policy": '"key";q=600;w=60, "tenant";q=100;w=60',
      ratelimit: '"key";r=0;t=42, "tenant";r=7;t=5',
    });
    expect(limitHeaders([])).toEqual({});
  });

  test("is the key's own, where it has one; the system has none", () => {
    const rights = { permissions: [], scope: { kind: "all" } as const };
    const key = { kind: "key", id: "k", name: "k", prefix: "k", ...rights } as const;
    expect(limitOf({ ...key, rateLimit: 5 }, null)).toEqual({ by: "key", id: "k", perMinute: 5 });
    expect(limitOf({ ...key, rateLimit: null }, null)?.perMinute).toBe(600);
    expect(limitOf({ kind: "nobody" }, "192.0.2.1")).toMatchObject({ by: "address", id: "192.0.2.1" });
    expect(limitOf({ kind: "nobody" }, "2001:db8:1:2::9")?.id).toBe(
      limitOf({ kind: "nobody" }, "2001:db8:1:2:f::1")?.id,
    );
    expect(limitOf({ kind: "system", name: "x" }, null)).toBeNull();
  });
});

describe("with Redis", () => {
  let server: ChildProcess;
  let url: string;

  async function startRedis(port: number): Promise<ChildProcess> {
    const program = process.env.REDIS_SERVER ?? "redis-server";
    const started = spawn(
      program,
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      {
        stdio: "ignore",
      },
    );
    started.on("error", (error) => {
      throw new Error(`This test needs a Redis server (npx tsx scripts/redis-server.ts): ${error.message}`);
    });
    const client = createClient({ url: `redis://127.0.0.1:${port}` });
    client.on("error", () => undefined);
    await client.connect();
    client.destroy();
    return started;
  }

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    server = await startRedis(port);
  });
  afterAll(() => {
    closeRedis();
    server.kill("SIGKILL");
  });

  test("two processes agree there, and the database is not asked", async () => {
    const limit = byUser("redis", 20);
    const within = await Promise.all([
      elsewhere(limit, 15, { REDIS_URL: url }),
      elsewhere(limit, 15, { REDIS_URL: url }),
    ]);
    expect(within[0] + within[1]).toBe(20);
    const { rows } = await control.sql("SELECT 1 FROM rate_limits WHERE key LIKE '%redis'");
    expect(rows).toEqual([]);
  });

  test("requests are counted in the database while Redis is away", async () => {
    const limit = byUser("insured", 4);
    const counting = elsewhere(limit, 6, { REDIS_URL: url });
    expect(await counting).toBe(4);
    server.kill("SIGKILL");
    await once(server, "exit");
    const code = `
      const { countRequest, stopCounting } = await import("./lib/keys/rate-limit.ts");
      const { closeRedis } = await import("./lib/platform/redis.ts");
      const said = [];
      for (let index = 0; index < 6; index++) said.push((await countRequest(${JSON.stringify(limit)}))?.remaining);
      console.log(JSON.stringify(said));
      await stopCounting();
      closeRedis();`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      env: { ...process.env, REDIS_URL: url, LOG_LEVEL: "silent" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk) => (said += String(chunk)));
    await once(child, "exit");
    expect(JSON.parse(said)).toEqual([3, 2, 1, 0, -1, -1]);
  });
});

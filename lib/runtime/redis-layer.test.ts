import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { closeRedis, openRedis, type Redis } from "@/lib/platform/redis";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { testRedis } from "@/lib/platform/testing-redis";
import { announceTenant } from "@/lib/tenants/activity";
import { createRedisLayer } from "./redis-layer";
import { createRuntime, type Runtime } from "./runtime";
import type { RuntimeTenant } from "./tenant";
import { aTenant } from "./testing-tenant";

let control: TestControl;
let server: Awaited<ReturnType<typeof testRedis>>;
let tenants: TestTenant[];
/** When it was told that Redis is away. */
const told: number[] = [];
const slugs = Array.from({ length: 12 }, (_, n) => `shop-${String.fromCharCode(97 + n)}`);

beforeAll(async () => {
  server = await testRedis();
  process.env.REDIS_URL = server.url;
  control = await testControl();
  vi.spyOn(log(), "warn").mockImplementation((...said: unknown[]) => {
    if (JSON.stringify(said).includes("Redis")) told.push(performance.now());
  });
  tenants = [];
  for (const slug of slugs) tenants.push(await control.makeTenant(slug));
});
afterAll(async () => {
  closeRedis();
  await control.close();
  await server.kill();
});

async function withRedis<Result>(work: (client: Redis) => Promise<Result>): Promise<Result> {
  const client = openRedis(server.url);
  try {
    await vi.waitFor(() => expect(client.isReady).toBe(true), { timeout: 5000, interval: 5 });
    return await work(client);
  } finally {
    client.destroy();
  }
}

beforeEach(() => withRedis((client) => client.flushAll()));

describe("the layer", () => {
  const acme = aTenant();
  const old: RuntimeTenant = { ...acme, plan: "old" };
  const key = "slug:acme";

  /** Layers of several processes over one Redis. */
  async function layers(count: number, clock = systemClock, recheckMs = 15_000) {
    const clients = Array.from({ length: count }, () => openRedis(server.url));
    await vi.waitFor(() => expect(clients.every(({ isReady }) => isReady)).toBe(true), { timeout: 5000, interval: 5 });
    const made = clients.map((redis) => createRedisLayer({ redis, clock, recheckMs }));
    for (const layer of made) layer.listening(true);
    return {
      made,
      end: () => {
        for (const client of clients) client.destroy();
      },
    };
  }

  /** The record that a layer gives, when the registry has `fresh`. */
  const read = async (layer: ReturnType<typeof createRedisLayer> | undefined, fresh: RuntimeTenant | null = acme) =>
    (await layer?.through(key, async () => fresh))?.plan;

  const kept = () =>
    vi.waitFor(() => withRedis(async (client) => expect(await client.exists(`tenantry:rt:${key}`)).toBe(1)), 5000);

  test("gives another process what one has read, and remembers no absence", async () => {
    const { made, end } = await layers(2);
    expect(await read(made[0], null)).toBeUndefined();
    expect(await read(made[1], old)).toBe("old");
    await kept();
    expect(await read(made[0])).toBe("old");
    expect(made.map((layer) => layer.hits())).toEqual([1, 0]);
    end();
  });

  test("never gives what was read before a change, to nobody", async () => {
    const { made, end } = await layers(3);
    await read(made[0], old);
    await kept();
    made[0]?.changed(acme.id);
    await withRedis((client) => vi.waitFor(async () => expect(await client.keys("*changed*")).toHaveLength(1), 5000));
    expect(await Promise.all(made.map((layer) => read(layer)))).toEqual(["starter", "starter", "starter"]);
    end();
  });

  test("takes no late word of a slow reader", async () => {
    const { made, end } = await layers(3);
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow = made[0]?.through(key, async () => {
      await gate;
      return old;
    });
    await delay(20);
    made[1]?.changed(acme.id);
    await delay(20);
    go();
    await slow;
    await kept();
    expect([await read(made[1]), await read(made[2])]).toEqual(["starter", "starter"]);
    end();
  });

  test("keeps nothing longer than from before it was read, by the clock of Redis", async () => {
    const { made, end } = await layers(2, systemClock, 3000);
    await made[0]?.through(key, async () => {
      await delay(1000);
      return old;
    });
    await kept();
    expect(await read(made[1])).toBe("old");
    const tenant = await made[1]?.through(key, async () => acme);
    expect(tenant && made[1]?.ageOf(tenant)).toBeGreaterThanOrEqual(999);
    await delay(2010);
    expect(await read(made[1])).toBe("starter");
    end();
  });

  test("is not read while changes are not heard of, nor for a while after", async () => {
    let now = 0;
    const { made, end } = await layers(2, () => new Date(now));
    await read(made[0], old);
    await kept();
    made[1]?.listening(false);
    expect(await read(made[1])).toBe("starter");
    made[1]?.listening(true);
    now = 15_999;
    expect(await read(made[1])).toBe("starter");
    now = 16_000;
    expect(await read(made[1])).toBe("old");
    end();
  });

  test("believes nothing that it did not write there itself", async () => {
    const { made, end } = await layers(1);
    await made[0]?.through("slug:birch", async () => old);
    await withRedis(async (client) => {
      await vi.waitFor(async () => expect(await client.exists("tenantry:rt:slug:birch")).toBe(1), 5000);
      const text = (await client.get("tenantry:rt:slug:birch")) ?? "";
      for (const forged of [text, text.replace("old", "new"), "", "{}", text.slice(43)]) {
        await client.set(`tenantry:rt:${key}`, forged);
        expect(await read(made[0])).toBe("starter");
      }
    });
    expect(made[0]?.hits()).toBe(0);
    end();
  });
});

describe("with the runtime", () => {
  const planOf = async (runtime: Runtime, slug: string) => (await runtime.resolve(`${slug}.localhost`)).plan;
  let probes = 0;

  beforeAll(async () => {
    // Records without databases, of which each is asked for once: to see whether a runtime reads and writes Redis yet.
    await control.sql(
      `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, created_at, updated_at)
       SELECT gen_random_uuid(), 'probe-' || n, 'Row', 'active', 'free', 'local', $1, 'row_' || n, 'row_' || n, '', now(), now()
       FROM generate_series(1, 2000) AS n`,
      [control.serverId],
    );
  });

  const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 25_000, interval: 50 });

  /** A runtime that writes what it reads into Redis. */
  async function writing(): Promise<Runtime> {
    const runtime = createRuntime();
    await soon(async () => {
      const slug = `probe-${++probes}`;
      await planOf(runtime, slug);
      await delay(20);
      await withRedis(async (client) => expect(await client.exists(`tenantry:rt:slug:${slug}`)).toBe(1));
    });
    return runtime;
  }

  /** A runtime that has nothing in memory and reads Redis, into which `hot` writes. */
  async function fresh(hot: Runtime): Promise<Runtime> {
    const runtime = createRuntime();
    await soon(async () => {
      const slug = `probe-${++probes}`;
      await planOf(hot, slug);
      await planOf(runtime, slug);
      expect(runtime.stats().redisHits).toBeGreaterThan(0);
    });
    return runtime;
  }

  async function heat(runtime: Runtime): Promise<void> {
    // Where Redis seemed away for a moment, a record gets there when it is read anew.
    await soon(async () => {
      for (const slug of slugs) await planOf(runtime, slug);
      await delay(20);
      await withRedis(async (client) =>
        expect(await client.keys("tenantry:rt:slug:shop-*")).toHaveLength(slugs.length),
      );
    });
  }

  test("a fresh process is answered from Redis, where no password can be read", async () => {
    const hot = await writing();
    await heat(hot);
    const other = await fresh(hot);
    const before = other.stats().redisHits;
    for (const slug of slugs) expect(await planOf(other, slug)).toBe("starter");
    expect(other.stats().redisHits - before).toBe(slugs.length);
    const tenant = await other.resolve("shop-a.localhost");
    const { rows } = await other.runInTenant(tenant, () => other.query("SELECT current_user AS who"));
    expect(rows).toEqual([{ who: tenants[0]?.role }]);
    const texts = await withRedis((client) => client.mGet(slugs.map((slug) => `tenantry:rt:slug:${slug}`)));
    for (const { password } of tenants) expect(texts.join()).not.toContain(password);
    await Promise.all([hot.close(), other.close()]);
  });

  test("a fresh process right after a change never sees what was before it", async () => {
    const hot = await writing();
    await heat(hot);
    const other = await fresh(hot);
    for (const slug of slugs) {
      const wanted = `after ${slug}`;
      await control.sql(
        `BEGIN; UPDATE tenants SET plan = '${wanted}' WHERE slug = '${slug}';
         SELECT pg_notify('tenantry_tenant', id::text) FROM tenants WHERE slug = '${slug}'; COMMIT`,
      );
      // The announcement is on its way for some milliseconds; what is read meanwhile must not stay.
      await planOf(other, slug);
      await delay(100);
      const youngest = await fresh(hot);
      expect([await planOf(other, slug), await planOf(youngest, slug)]).toEqual([wanted, wanted]);
      await youngest.close();
    }
    await Promise.all([hot.close(), other.close()]);
  });

  test("a change is not missed either when no process ran that could have heard of it", async () => {
    const hot = await writing();
    await heat(hot);
    const known = await planOf(hot, "shop-b");
    await hot.close();
    const change = async (slug: string, announced: boolean) => {
      const { id = "" } = tenants.find((tenant) => tenant.slug === slug) ?? {};
      await controlDb().$transaction(async (db) => {
        await db.tenant.update({ where: { id }, data: { plan: "while all slept" } });
        if (announced) await announceTenant(db, id);
      });
    };
    await change("shop-a", true);
    await change("shop-b", false);
    const second = await writing();
    const first = await fresh(second);
    expect(await planOf(first, "shop-a")).toBe("while all slept");
    // What nobody announces, such as SQL by hand, is seen once the entry is over: this test could see an old one.
    expect(await planOf(first, "shop-b")).toBe(known);
    await Promise.all([first.close(), second.close()]);
  });

  test("when Redis dies, PostgreSQL answers, and that is told once; when it is back, it is used again", {
    timeout: 90_000,
  }, async () => {
    const hot = await writing();
    await server.kill();
    const started = performance.now();
    for (const slug of slugs) await planOf(hot, slug);
    expect(performance.now() - started).toBeLessThan(1000);
    await soon(async () => expect(told.length).toBeGreaterThan(0));
    await delay(500);
    // A machine that is busy may have made it seem away before.
    for (const [index, at] of told.slice(1).entries()) expect(at - (told[index] ?? 0)).toBeGreaterThanOrEqual(60_000);
    await server.start();
    const other = await fresh(hot);
    await Promise.all([hot.close(), other.close()]);
  });
});

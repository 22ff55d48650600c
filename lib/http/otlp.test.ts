import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { decodeMessage } from "@/lib/ingest/descriptor";
import type { Permission } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { payload, type SentMetric, send } from "./testing-otlp";

process.env.OTLP_SERIES_PER_TENANT = "20";
process.env.OTLP_POINTS_PER_MINUTE = "500";

let control: TestControl;
let secret: string;

beforeAll(async () => {
  control = await testControl();
  secret = (await keyWith(["metrics:write"])).secret;
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

let made = 0;
const freshTenant = (): Promise<TestTenant> => control.makeTenant(`app-${made++}`);

async function keyWith(permissions: Permission[], scope: Scope = everything): Promise<{ id: string; secret: string }> {
  const { key, secret } = await perform(createKey, as("system"), {
    ...{ name: "apps", permissions, scope, rateLimit: 1_000_000 },
  });
  return { id: key.id, secret };
}

const json = (more: Record<string, string> = {}) => ({
  ...{ "content-type": "application/json", authorization: `Bearer ${secret}` },
  ...more,
});

type Answer = { partialSuccess?: { rejectedDataPoints: string; errorMessage: string } };

/** Sends metrics of one resource and returns the answer, which must be a success. */
async function sendMetrics(resource: Record<string, string>, metrics: SentMetric[]): Promise<Answer> {
  const response = await send(JSON.stringify(payload(resource, metrics)), json());
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

/** The samples of a tenant's metric as charts read them: of two at one time the one written last. */
async function samples(id: string, metric: string): Promise<[number, number][]> {
  const { rows } = await control.sql(
    `SELECT DISTINCT ON (recorded_at) recorded_at AS at, value, source FROM tenant_usage_logs
      WHERE tenant_id = $1 AND metric_type = $2 ORDER BY recorded_at, id DESC`,
    [id, metric],
  );
  for (const { source } of rows) expect(source).toBe("otlp");
  return rows.map(({ at, value }) => [(at as Date).getTime(), value]);
}

/** A time some seconds from a minute ago, so that points around it are neither late nor ahead. */
const base = Math.floor(Date.now() / 1000) * 1000 - 120_000;
const at = (seconds: number) => base + seconds * 1000;

const http = (points: SentMetric["points"], more: Partial<SentMetric> = {}): SentMetric => ({
  ...{ name: "http.server.request.duration", unit: "s", kind: "histogram", points },
  ...more,
});

const level = (name: string, unit: string, value = 1, time = at(0)): SentMetric => ({
  name,
  unit,
  kind: "gauge",
  points: [{ at: time, value }],
});

describe("what an app sends", () => {
  test("becomes requests, response time and errors, from cumulative histograms", async () => {
    const { id, slug } = await freshTenant();
    const ok = { "http.response.status_code": 200 };
    const broken = { "http.response.status_code": 503, "error.type": "503" };
    const round = (time: number, counts: [number, number], sums: [number, number]) =>
      sendMetrics({ "tenant.id": slug }, [
        http([
          { start: at(-600), at: time, count: counts[0], sum: sums[0], attributes: ok },
          { start: at(-600), at: time, count: counts[1], sum: sums[1], attributes: broken },
        ]),
      ]);
    expect(await round(at(0), [100, 5], [10, 1])).toEqual({});
    expect(await samples(id, "requests")).toEqual([]);
    expect(await round(at(10), [190, 15], [28, 3])).toEqual({});
    expect(await samples(id, "requests")).toEqual([[at(10), 10]]);
    expect(await samples(id, "errors")).toEqual([[at(10), 1]]);
    expect(await samples(id, "latency")).toEqual([[at(10), 200]]);
    // Nothing came since: no requests, and no response time that anybody could know.
    await round(at(20), [190, 15], [28, 3]);
    expect(await samples(id, "requests")).toEqual([
      [at(10), 10],
      [at(20), 0],
    ]);
    expect(await samples(id, "latency")).toHaveLength(1);
  });

  test("is converted to Tenantry's units, by conventions of today and of before", async () => {
    const { id } = await freshTenant();
    const gauges: SentMetric[] = [
      {
        name: "process.memory.usage",
        unit: "By",
        kind: "sum",
        monotonic: false,
        points: [{ at: at(0), value: 50 * 1024 * 1024 }],
      },
      {
        name: "db.client.connections.usage",
        unit: "{connection}",
        kind: "sum",
        monotonic: false,
        points: [
          { at: at(0), value: 3, attributes: { state: "idle" } },
          { at: at(0), value: 2, attributes: { state: "used" } },
        ],
      },
      { name: "tenantry.waits", unit: "1/min", kind: "gauge", points: [{ at: at(0), value: 120 }] },
      { name: "tenantry.wait_time", unit: "s", kind: "gauge", points: [{ at: at(0), value: 0.25 }] },
      {
        name: "process.cpu.time",
        unit: "s",
        kind: "sum",
        points: [
          { at: at(0), start: at(-100), value: 20, attributes: { "cpu.mode": "user" } },
          { at: at(0), start: at(-100), value: 5, attributes: { "cpu.mode": "system" } },
        ],
      },
      {
        name: "http.server.duration",
        unit: "ms",
        kind: "exponentialHistogram",
        delta: true,
        points: [{ at: at(0), start: at(-10), count: 20, sum: 1000, attributes: { "http.status_code": 200 } }],
      },
    ];
    expect(await sendMetrics({ "tenant.id": id }, gauges)).toEqual({});
    const newest = await control.sql("SELECT metric, value FROM tenant_app_readings WHERE tenant_id = $1", [id]);
    expect(Object.fromEntries(newest.rows.map(({ metric, value }) => [metric, value]))).toEqual({
      ...{ appMemory: 50, pooled: 5, waits: 2, waitTime: 250, appCpu: 25, requests: 2, latency: 50, errors: 0 },
    });
  });

  test("counts once, however often it is sent again and in whichever order", async () => {
    const { id } = await freshTenant();
    const round = (seconds: number, count: number) =>
      sendMetrics({ "tenant.id": id }, [http([{ start: at(-900), at: at(seconds), count, sum: count }])]);
    for (const [seconds, count] of [
      [0, 10],
      [10, 110],
      [10, 110],
      [0, 10],
      [20, 210],
      [10, 110],
    ] as const) {
      expect(await round(seconds, count)).toEqual({});
    }
    expect(await samples(id, "requests")).toEqual([
      [at(10), 10],
      [at(20), 10],
    ]);
  });

  test("makes no spike and no negative when an app begins anew", async () => {
    const { id } = await freshTenant();
    const round = (seconds: number, count: number, start: number) =>
      sendMetrics({ "tenant.id": id }, [http([{ start, at: at(seconds), count, sum: count }])]);
    await round(0, 1_000_000, at(-900));
    await round(10, 1_000_100, at(-900));
    // A new start is told: what was counted since then is what came since.
    await round(20, 50, at(15));
    // A counter that falls without a word is only a mark.
    await round(30, 20, at(15));
    await round(40, 70, at(15));
    expect(await samples(id, "requests")).toEqual([
      [at(10), 10],
      [at(20), 10],
      [at(40), 5],
    ]);
  });

  test("is added up over an app's instances, and response times are weighed", async () => {
    const { id } = await freshTenant();
    const round = (instance: string, seconds: number, count: number, sum: number) =>
      sendMetrics({ "tenant.id": id, "service.instance.id": instance }, [
        http([{ start: at(-900), at: at(seconds), count, sum }]),
      ]);
    await round("one", 0, 0, 0);
    await round("two", 3, 0, 0);
    await round("one", 10, 100, 10);
    await round("two", 13, 300, 90);
    expect(await samples(id, "requests")).toEqual([
      [at(10), 10],
      [at(13), 40],
    ]);
    expect(await samples(id, "latency")).toEqual([
      [at(10), 100],
      [at(13), 250],
    ]);
    // The other instance's word came first, though it was measured later: the newest value still has both.
    await round("two", 24, 850, 200);
    await round("one", 20, 200, 20);
    expect((await samples(id, "requests")).at(-1)).toEqual([at(24), 60]);
  });

  test("of a series that was not there before counts from then, not from nothing", async () => {
    const { id } = await freshTenant();
    const ok = { "http.response.status_code": 200 };
    const round = (seconds: number, failures?: number) =>
      sendMetrics({ "tenant.id": id }, [
        http([
          { start: at(-900), at: at(seconds), count: 5, sum: 1, attributes: ok },
          ...(failures === undefined
            ? []
            : [{ start: at(-900), at: at(seconds), count: failures, sum: 1, attributes: { "error.type": "timeout" } }]),
        ]),
      ]);
    await round(0);
    await round(10);
    await round(20, 3);
    expect(await samples(id, "errors")).toEqual([
      [at(10), 0],
      [at(20), 0.3],
    ]);
  });

  test("as deltas stands at its own time, and is zero when it stays away", async () => {
    const { id } = await freshTenant();
    const delta = (seconds: number, counts: Record<string, number>) =>
      sendMetrics({ "tenant.id": id }, [
        {
          name: "tenantry.requests",
          unit: "{request}",
          kind: "sum",
          delta: true,
          points: Object.entries(counts).map(([route, value]) => ({
            start: at(seconds - 10),
            at: at(seconds),
            value,
            attributes: { route },
          })),
        },
      ]);
    await delta(10, { a: 50, b: 100 });
    await delta(20, { a: 50 });
    await delta(20, { a: 50 });
    expect(await samples(id, "requests")).toEqual([
      [at(10), 15],
      [at(20), 5],
    ]);
  });

  test("as deltas of which some began late in their interval is a rate over the whole of it", async () => {
    const { id } = await freshTenant();
    const round = (seconds: number, points: SentMetric["points"]) =>
      sendMetrics({ "tenant.id": id }, [level("tenantry.pooled", "1", 1, at(seconds)), http(points, { delta: true })]);
    await round(0, []);
    await round(10, [{ start: at(9.9), at: at(10), count: 5, sum: 1 }]);
    await round(20, []);
    await round(30, [{ start: at(29), at: at(30), count: 20, sum: 1 }]);
    expect(await samples(id, "requests")).toEqual([
      [at(10), 0.5],
      [at(30), 2],
    ]);
  });

  test("that says the same twice, by an older name and a newer, counts once", async () => {
    const { id } = await freshTenant();
    const both = (seconds: number, count: number) =>
      sendMetrics({ "tenant.id": id }, [
        http([{ start: at(-900), at: at(seconds), count, sum: count }]),
        http([{ start: at(-900), at: at(seconds), count, sum: count * 1000 }], {
          name: "http.server.duration",
          unit: "ms",
        }),
      ]);
    await both(0, 10);
    await both(10, 30);
    expect(await samples(id, "requests")).toEqual([[at(10), 2]]);
  });

  test("may name its tenant point by point", async () => {
    const [one, two] = [await freshTenant(), await freshTenant()];
    await sendMetrics({}, [
      {
        name: "tenantry.pooled",
        kind: "gauge",
        points: [
          { at: at(0), value: 1, attributes: { "tenant.id": one.slug } },
          { at: at(0), value: 2, attributes: { "tenant.id": two.id } },
        ],
      },
    ]);
    expect([await samples(one.id, "pooled"), await samples(two.id, "pooled")]).toEqual([[[at(0), 1]], [[at(0), 2]]]);
  });

  test("is counted once when the same and others come at once", async () => {
    const { id } = await freshTenant();
    const round = (instance: number, seconds: number) =>
      sendMetrics({ "tenant.id": id, "service.instance.id": `${instance}` }, [
        http([{ start: at(-900), at: at(seconds), count: seconds * 10, sum: 1 }]),
      ]);
    for (const seconds of [0, 10]) {
      await Promise.all([1, 2, 3, 1, 2, 3].map((instance) => round(instance, seconds)));
    }
    expect(await samples(id, "requests")).toEqual([[at(10), 30]]);
  });
});

describe("what is not taken is counted and explained", () => {
  test("metrics that mean nothing to Tenantry, wrong units, shapes and times", async () => {
    const { id } = await freshTenant();
    const { partialSuccess } = await sendMetrics({ "tenant.id": id }, [
      level("nodejs.eventloop.delay", "s"),
      level("tenantry.storage", "By"),
      level("process.cpu.utilization", "1"),
      level("tenantry.appMemory", "furlong"),
      level("http.server.request.duration", "s"),
      level("tenantry.pooled", "1", -4),
      level("tenantry.pooled", "1", 4, Date.now() + 90_000),
      level("tenantry.pooled", "1", 4, Date.now() - 30 * 86_400_000),
      level("tenantry.pooled", "1", 4),
    ]);
    expect(partialSuccess?.rejectedDataPoints).toBe("8");
    for (const words of [
      'makes nothing of "nodejs.eventloop.delay"',
      "measured by Tenantry itself",
      "process.cpu.time",
      "can't be converted",
      "must come as a histogram",
      "no measuring gives",
      "ahead",
      "older",
    ]) {
      expect(partialSuccess?.errorMessage).toContain(words);
    }
    expect(await samples(id, "pooled")).toEqual([[at(0), 4]]);
  });

  test("tenants that there are not, no longer, or out of the key's reach: all in the same words", async () => {
    const [theirs, gone] = [await freshTenant(), await freshTenant()];
    await controlDb().tenant.update({ where: { id: gone.id }, data: { status: "deleted" } });
    const scoped = await keyWith(["metrics:write"], { kind: "tag", values: ["mine"] });
    const told = new Set<string | undefined>();
    for (const name of [theirs.slug, gone.slug, "nobody", "no\0body"]) {
      const response = await send(
        JSON.stringify(payload({ "tenant.id": name }, [level("tenantry.pooled", "1")])),
        json({ authorization: `Bearer ${scoped.secret}` }),
      );
      const { partialSuccess } = (await response.json()) as Answer;
      expect(partialSuccess?.rejectedDataPoints).toBe("1");
      told.add(partialSuccess?.errorMessage.replace(/"[^"]*"/, "it"));
    }
    expect([...told]).toEqual(["1 point: the tenant it is not known."]);
    expect(await samples(theirs.id, "pooled")).toEqual([]);
    const events = await controlDb().auditEvent.findMany({ where: { actorId: scoped.id } });
    expect(events).toMatchObject([{ operation: "ingest.metrics", outcome: "refused", target: theirs.id }]);
  });

  test("series beyond the limit, while those that are known go on", async () => {
    const { id } = await freshTenant();
    const round = (seconds: number, from: number) =>
      sendMetrics({ "tenant.id": id }, [
        http(
          Array.from({ length: 15 }, (_, index) => ({
            start: at(-900),
            at: at(seconds),
            count: seconds,
            sum: 1,
            attributes: { route: `/${from + index}` },
          })),
        ),
      ]);
    expect(await round(0, 0)).toEqual({});
    expect((await round(10, 10)).partialSuccess).toMatchObject({
      rejectedDataPoints: "5",
      errorMessage: expect.stringContaining("20 series"),
    });
    expect(await round(20, 0)).toEqual({});
    expect((await samples(id, "requests")).at(-1)).toEqual([at(20), 20]);
  });

  test("points beyond the limit a minute; when nothing is left, the sender is told to wait", async () => {
    const { id } = await freshTenant();
    const many = (length: number) =>
      payload({ "tenant.id": id }, [
        {
          name: "tenantry.pooled",
          kind: "gauge",
          points: Array.from({ length }, (_, index) => ({ at: at(index / 10), value: 1 })),
        },
      ]);
    const partial = await send(JSON.stringify(many(600)), json());
    expect(partial.status).toBe(200);
    expect(await partial.json()).toMatchObject({ partialSuccess: { rejectedDataPoints: "100" } });
    const refused = await send(JSON.stringify(many(1)), json());
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 8, message: expect.stringContaining("500 points a minute") });
  });

  test("what the tenant runtime measures by itself", async () => {
    const { id } = await freshTenant();
    await controlDb().tenantRequestCounter.create({ data: { tenantId: id, requests: 5n, durationMs: 1 } });
    const round = (seconds: number) =>
      sendMetrics({ "tenant.id": id }, [
        http([{ start: at(-900), at: at(seconds), count: seconds, sum: 1 }]),
        level("tenantry.latency", "ms"),
      ]);
    await round(0);
    expect((await round(10)).partialSuccess).toMatchObject({
      rejectedDataPoints: "1",
      errorMessage: expect.stringMatching(/runtime.*only errors/s),
    });
    expect(await samples(id, "requests")).toEqual([]);
    expect(await samples(id, "errors")).toEqual([[at(10), 0]]);
  });
});

describe("the protocol", () => {
  const protobuf = () => json({ "content-type": "application/x-protobuf" });

  test("errors come as google.rpc.Status in the encoding of the request, with the status that senders understand", async () => {
    const cases: [BodyInit, Record<string, string>, number, number][] = [
      ["{", json(), 400, 3],
      ["[]", json(), 400, 3],
      ['{"resourceMetrics": 5}', json(), 400, 3],
      ["x", json({ "content-encoding": "gzip" }), 400, 3],
      ["{}", json({ "content-encoding": "br" }), 415, 3],
      ["{}", json({ "content-type": "text/plain" }), 415, 3],
      ["{}", json({ authorization: "Bearer tnt_wrong" }), 401, 16],
      ["{}", { "content-type": "application/json" }, 401, 16],
      ["\xff\xff\xff", protobuf(), 400, 3],
    ];
    for (const [body, headers, status, code] of cases) {
      const response = await send(body, headers);
      expect(response.status).toBe(status);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const isProtobuf = headers["content-type"] === "application/x-protobuf";
      expect(response.headers.get("content-type")).toBe(isProtobuf ? "application/x-protobuf" : "application/json");
      const told = isProtobuf ? decodeMessage("Status", bytes) : JSON.parse(Buffer.from(bytes).toString());
      expect(told).toMatchObject({ code, message: expect.stringMatching(/\w+/) });
    }
  });

  test("a key without the permission is refused with 403, and the trail has it", async () => {
    const other = await keyWith(["metrics:read"]);
    const response = await send("{}", json({ authorization: `Bearer ${other.secret}` }));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 7 });
    const events = await controlDb().auditEvent.findMany({ where: { actorId: other.id } });
    expect(events).toMatchObject([{ operation: "ingest.metrics", outcome: "refused" }]);
  });

  test("a success leaves nothing in the audit trail", async () => {
    const { id } = await freshTenant();
    const before = await controlDb().auditEvent.count();
    await sendMetrics({ "tenant.id": id }, [
      { name: "tenantry.pooled", kind: "gauge", points: [{ at: at(0), value: 1 }] },
    ]);
    expect(await controlDb().auditEvent.count()).toBe(before);
    expect(await samples(id, "pooled")).toHaveLength(1);
  });

  test("what is too large is refused, also when it is small only as long as it is packed", async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024, " "));
    expect(bomb.byteLength).toBeLessThan(1_000_000);
    expect((await send(bomb, json({ "content-encoding": "gzip" }))).status).toBe(413);
    expect((await send(Buffer.alloc(5 * 1024 * 1024, " "), json())).status).toBe(413);
    // Two bytes for each message: four megabytes would be two million objects.
    const empty = Buffer.alloc(4_000_000);
    for (let index = 0; index < empty.length; index += 2) empty[index] = 0x0a;
    expect((await send(empty, protobuf())).status).toBe(400);
  });

  test("nesting without end does no harm", async () => {
    const { id } = await freshTenant();
    const deep = `${'{"arrayValue":{"values":['.repeat(60_000)}${"]}}".repeat(60_000)}`;
    const body = JSON.stringify(payload({ "tenant.id": id }, []))
      .replace('"stringValue"', '"deep"')
      .replace(/\{"deep":"[^"]*"\}/, deep);
    expect((await send(body, json())).status).toBeLessThan(500);
    const group = Buffer.alloc(100_000, 0x0b);
    expect((await send(group, protobuf())).status).toBe(400);
  });

  test("whatever bytes come, the answer is never an error of the server's", async () => {
    const valid = fc.constantFrom(0x0a, 0x12, 0x1a, 0x2a, 0x3a, 0x4a, 0x52, 0x02, 0x04, 0x08, 0x10, 0x11, 0x19, 0x00);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(valid, { maxLength: 80 }).map((list) => Uint8Array.from(list)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (body, isProtobuf) => {
        const response = await send(Buffer.from(body), isProtobuf ? protobuf() : json());
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (value) => {
        const response = await send(
          JSON.stringify({
            resourceMetrics: [
              {
                scopeMetrics: [{ metrics: [{ name: "tenantry.pooled", gauge: value, sum: { dataPoints: [value] } }] }],
              },
            ],
          }),
          json(),
        );
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 150 },
    );
  });
});

import { expect, test } from "vitest";
import type { SentMetric } from "./testing-otlp";
import { at, http, level, otlpSenders } from "./testing-otlp-senders";

const { freshTenant, sendMetrics, samples, sql } = otlpSenders();

test("what an app sends becomes requests, response time and errors, from cumulative histograms", async () => {
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

test("what an app sends is converted to Tenantry's units, by conventions of today and of before", async () => {
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
  const newest = await sql("SELECT metric, value FROM tenant_app_readings WHERE tenant_id = $1", [id]);
  expect(Object.fromEntries(newest.rows.map(({ metric, value }) => [metric, value]))).toEqual({
    ...{ appMemory: 50, pooled: 5, waits: 2, waitTime: 250, appCpu: 25, requests: 2, latency: 50, errors: 0 },
  });
});

test("what an app sends counts once, however often it is sent again and in whichever order", async () => {
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

test("what an app sends makes no spike and no negative when an app begins anew", async () => {
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

test("what an app sends is added up over an app's instances, and response times are weighed", async () => {
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

test("what an app sends of a series that was not there before counts from then, not from nothing", async () => {
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

test("what an app sends as deltas stands at its own time, and is zero when it stays away", async () => {
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

test("what an app sends as deltas of which some began late in their interval is a rate over the whole of it", async () => {
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

test("what an app sends that says the same twice, by an older name and a newer, counts once", async () => {
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

test("what an app sends may name its tenant point by point", async () => {
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

test("what an app sends is counted once when the same and others come at once", async () => {
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

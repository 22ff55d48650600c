import { expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { payload, send } from "./testing-otlp";
import { at, http, level, otlpSenders } from "./testing-otlp-senders";

process.env.OTLP_SERIES_PER_TENANT = "20";
process.env.OTLP_POINTS_PER_MINUTE = "500";

const { freshTenant, keyWith, json, sendMetrics, samples } = otlpSenders();

type Answer = Awaited<ReturnType<typeof sendMetrics>>;

test("refused and explained: metrics that mean nothing to Tenantry, wrong units, shapes and times", async () => {
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

test("refused and explained: tenants that there are not, no longer, or out of the key's reach: all in the same words", async () => {
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

test("refused and explained: series beyond the limit, while those that are known go on", async () => {
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

test("refused and explained: points beyond the limit a minute; when nothing is left, the sender is told to wait", async () => {
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

test("refused and explained: what the tenant runtime measures by itself", async () => {
  const { id } = await freshTenant();
  await controlDb().tenantRequestCounter.create({ data: { tenantId: id, requests: 5n, durationMs: 1 } });
  const round = (seconds: number) =>
    sendMetrics({ "tenant.id": id }, [
      http([{ start: at(-900), at: at(seconds), count: seconds, sum: 1 }]),
      level("tenantry.latency", "ms"),
      level("db.client.connection.count", "1", 3),
    ]);
  await round(0);
  expect((await round(10)).partialSuccess).toMatchObject({
    rejectedDataPoints: "2",
    errorMessage: expect.stringMatching(/runtime.*only errors/s),
  });
  expect(await samples(id, "requests")).toEqual([]);
  expect(await samples(id, "pooled")).toEqual([]);
  expect(await samples(id, "errors")).toEqual([[at(10), 0]]);
});

import { setTimeout as delay } from "node:timers/promises";
import { diag } from "@opentelemetry/api";
import { OTLPMetricExporter as JsonExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { serveOtlp } from "./testing-otlp";

let control: TestControl;
let server: Awaited<ReturnType<typeof serveOtlp>>;
let headers: Record<string, string>;

beforeAll(async () => {
  control = await testControl();
  server = await serveOtlp();
  const { secret } = await perform(createKey, as("system"), { name: "sdk", permissions: ["metrics:write"] });
  headers = { authorization: `Bearer ${secret}` };
});
afterAll(async () => {
  server.close();
  await stopCounting();
  await control.close();
});

const options = () => ({ url: server.url, headers, compression: "gzip" as never });
const { CUMULATIVE, DELTA } = AggregationTemporality;

const exporters: [string, () => PushMetricExporter][] = [
  ["protobuf", () => new ProtobufExporter({ ...options(), temporalityPreference: CUMULATIVE as never })],
  ["JSON", () => new JsonExporter({ ...options(), temporalityPreference: CUMULATIVE as never })],
  ["protobuf and deltas", () => new ProtobufExporter({ ...options(), temporalityPreference: DELTA as never })],
];

describe.each(exporters)("OpenTelemetry's own SDK, by %s", (name, exporterOf) => {
  const slug = `sdk-${name.toLowerCase().replaceAll(" ", "-")}`;

  /** A sender that exports when it is told to. */
  function provider(tenant: string): MeterProvider {
    const reader = new PeriodicExportingMetricReader({ exporter: exporterOf(), exportIntervalMillis: 3_600_000 });
    const resource = resourceFromAttributes({ "tenant.id": tenant, "service.instance.id": "one" });
    const exponential = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
    const views = [{ instrumentName: "tenantry.latency", aggregation: exponential }];
    return new MeterProvider({ resource, readers: [reader], views });
  }

  test("is understood: values arrive as they were recorded", async () => {
    const tenant = await control.makeTenant(slug);
    const began = Date.now();
    const sender = provider(tenant.slug);
    const meter = sender.getMeter("test");
    const duration = meter.createHistogram("http.server.request.duration", { unit: "s" });
    const memory = meter.createUpDownCounter("process.memory.usage", { unit: "By" });
    const cpu = meter.createObservableCounter("process.cpu.time", { unit: "s" });
    const waits = meter.createGauge("tenantry.waits", { unit: "1/s" });
    let used = 1;
    cpu.addCallback((observed) => observed.observe(used, { "cpu.mode": "user" }));
    memory.add(64 * 1024 * 1024);
    duration.record(0.1, { "http.response.status_code": 200 });
    await sender.forceFlush();
    await delay(1000);
    for (let index = 0; index < 30; index++) duration.record(0.2, { "http.response.status_code": 200 });
    for (let index = 0; index < 10; index++) duration.record(0.6, { "http.response.status_code": 500 });
    waits.record(1.5);
    used += 0.5;
    await sender.forceFlush();
    const seconds = (Date.now() - began) / 1000;
    const { rows } = await control.sql("SELECT metric, value FROM tenant_app_readings WHERE tenant_id = $1", [
      tenant.id,
    ]);
    const newest = Object.fromEntries(rows.map(({ metric, value }) => [metric, value])) as Record<string, number>;
    expect(newest.appMemory).toBe(64);
    expect(newest.waits).toBe(1.5);
    expect(newest.latency).toBe(300);
    // The interval between the SDK's exports is the second waited at least, and all of this test at most.
    for (const [metric, count] of [
      ["requests", 40],
      ["errors", 10],
      ["appCpu", 50],
    ] as const) {
      expect(newest[metric], metric).toBeLessThanOrEqual(count / 0.98);
      expect(newest[metric], metric).toBeGreaterThan(count / (seconds + 0.5));
    }
    await sender.shutdown();
  });

  test("is told what was not taken, and that it was refused", async () => {
    const told: string[] = [];
    const listen = (...words: unknown[]) => void told.push(words.map(String).join(" "));
    diag.setLogger({ ...{ error: listen, warn: listen }, ...{ info() {}, debug() {}, verbose() {} } });
    const sender = provider("nobody-of-this-name");
    sender.getMeter("test").createGauge("tenantry.waits", { unit: "1/s" }).record(1);
    await sender.forceFlush();
    expect(told.join()).toMatch(/Partial Success.*nobody-of-this-name.*not known/s);
    const right = headers;
    headers = { authorization: "Bearer wrong" };
    const stranger = provider(slug);
    headers = right;
    stranger.getMeter("test").createGauge("tenantry.waits", { unit: "1/s" }).record(1);
    told.length = 0;
    await stranger.forceFlush();
    expect(told.join()).toContain("Unauthorized");
    diag.disable();
    await Promise.all([sender.shutdown(), stranger.shutdown()]);
  });
});

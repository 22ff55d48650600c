import { afterAll, beforeAll, expect } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Permission } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { payload, type SentMetric, send } from "./testing-otlp";

/** An answer to metrics that were taken, if not all of them. */
type Answer = { partialSuccess?: { rejectedDataPoints: string; errorMessage: string } };

/** A time some seconds from a minute ago, so that points around it are neither late nor ahead. */
const base = Math.floor(Date.now() / 1000) * 1000 - 120_000;
export const at = (seconds: number): number => base + seconds * 1000;

/** A histogram of requests by HTTP. */
export const http = (points: SentMetric["points"], more: Partial<SentMetric> = {}): SentMetric => ({
  ...{ name: "http.server.request.duration", unit: "s", kind: "histogram", points },
  ...more,
});

/** A gauge with one point. */
export const level = (name: string, unit: string, value = 1, time = at(0)): SentMetric => ({
  name,
  unit,
  kind: "gauge",
  points: [{ at: time, value }],
});

/**
 * For one file of tests: a control database, a key that may send metrics, apps' tenants, how they send, and the samples
 * that were made of it.
 */
export function otlpSenders() {
  let control: TestControl;
  let secret: string;
  let made = 0;

  beforeAll(async () => {
    control = await testControl();
    secret = (await keyWith(["metrics:write"])).secret;
  });
  afterAll(async () => {
    await stopCounting();
    await control.close();
  });

  const sql = (text: string, values: unknown[] = []) => control.sql(text, values);

  const freshTenant = (): Promise<TestTenant> => control.makeTenant(`app-${made++}`);

  async function keyWith(
    permissions: Permission[],
    scope: Scope = everything,
  ): Promise<{ id: string; secret: string }> {
    const { key, secret } = await perform(createKey, as("system"), {
      ...{ name: "apps", permissions, scope, rateLimit: 1_000_000 },
    });
    return { id: key.id, secret };
  }

  const json = (more: Record<string, string> = {}) => ({
    ...{ "content-type": "application/json", authorization: `Bearer ${secret}` },
    ...more,
  });

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
    return rows.map(({ at: time, value }) => [(time as Date).getTime(), value]);
  }

  return { sql, freshTenant, keyWith, json, sendMetrics, samples };
}

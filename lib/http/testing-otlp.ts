import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { POST } from "@/app/v1/metrics/route";

const noParams = { params: Promise.resolve({}) };

/** Sends a body to the very handler that the web server calls. */
export async function send(body: BodyInit, headers: Record<string, string>): Promise<Response> {
  return await POST(new NextRequest("http://localhost:3000/v1/metrics", { method: "POST", headers, body }), noParams);
}

/** Serves the handler on a port of its own, for senders that speak HTTP. */
export async function serveOtlp(): Promise<{ url: string; close: () => void }> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await send(Buffer.concat(chunks), request.headers as Record<string, string>);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`, close: () => server.close() };
}

type Attributes = Record<string, string | number>;

/** One data point of a payload; times in Unix milliseconds. */
export type SentPoint = {
  at: number;
  start?: number;
  value?: number;
  count?: number;
  sum?: number;
  flags?: number;
  attributes?: Attributes;
};

export type SentMetric = {
  name: string;
  unit?: string;
  kind: "gauge" | "sum" | "histogram" | "exponentialHistogram";
  delta?: boolean;
  monotonic?: boolean;
  points: SentPoint[];
};

/** An ExportMetricsServiceRequest of one resource, as JSON has it. */
export function payload(resource: Attributes, metrics: SentMetric[]): object {
  return {
    resourceMetrics: [
      { resource: { attributes: attributesOf(resource) }, scopeMetrics: [{ metrics: metrics.map(metricOf) }] },
    ],
  };
}

function metricOf({ name, unit = "", kind, delta = false, monotonic = true, points }: SentMetric): object {
  const aggregation = kind === "gauge" ? {} : { aggregationTemporality: delta ? 1 : 2 };
  const dataPoints = points.map((point) => pointOf(kind, point));
  return { name, unit, [kind]: { ...aggregation, ...(kind === "sum" && { isMonotonic: monotonic }), dataPoints } };
}

function pointOf(
  kind: SentMetric["kind"],
  { at, start, value, count, sum, flags, attributes = {} }: SentPoint,
): object {
  const time = (milliseconds: number) => `${Math.round(milliseconds)}000000`;
  return {
    timeUnixNano: time(at),
    ...(start !== undefined && { startTimeUnixNano: time(start) }),
    ...(flags !== undefined && { flags }),
    attributes: attributesOf(attributes),
    ...(kind === "gauge" || kind === "sum" ? { asDouble: value } : { count: String(count), sum }),
  };
}

const attributesOf = (attributes: Attributes): object[] =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === "string" ? { stringValue: value } : { intValue: String(value) },
  }));

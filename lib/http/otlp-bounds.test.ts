import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeMessage } from "@/lib/ingest/descriptor";
import { payload, send } from "./testing-otlp";
import { at, http, level, otlpSenders } from "./testing-otlp-senders";

const { freshTenant, json, sendMetrics, samples } = otlpSenders();

const packed = (type: string) => json({ "content-type": type, "content-encoding": "gzip" });

const points = (list: string) =>
  `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","gauge":{"dataPoints":[${list}]}}]}]}]}`;
const empty = (count: number) => Array(count).fill("{}").join(",");

test.each([
  ["data points", points(empty(10_001)), "10000 data points"],
  ["metrics", `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[${empty(10_001)}]}]}]}`, "10000 metrics"],
  ["scopes", `{"resourceMetrics":[{"scopeMetrics":[${empty(10_001)}]}]}`, "10000 scopes"],
  ["resources", `{"resourceMetrics":[${empty(10_001)}]}`, "10000 resources"],
  ["attributes", points(`{"attributes":[${empty(60_000)}]},{"attributes":[${empty(60_000)}]}`), "100000 attributes"],
  ["objects", points(empty(1_000_000)), "200000 objects"],
  ["lists", "[".repeat(4_000_000), "200000 objects"],
])("a message of a few kilobytes that unfolds to too many %s is refused with the bound", async (_, body, words) => {
  const response = await send(gzipSync(body), packed("application/json"));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining(words) });
});

test("so is one of protobuf", async () => {
  const size = (length: number): number[] => (length > 127 ? [(length & 127) | 128, ...size(length >>> 7)] : [length]);
  const wrap = (tag: number, bytes: Buffer) => Buffer.concat([Buffer.from([tag, ...size(bytes.length)]), bytes]);
  const message = (count: number) =>
    wrap(0x0a, wrap(0x12, wrap(0x12, wrap(0x2a, Buffer.alloc(2 * count, Buffer.from([0x0a, 0]))))));
  for (const [count, words] of [
    [10_001, "10000 data points"],
    [199_900, "10000 data points"],
    [1_000_000, "200000 objects"],
  ] as const) {
    const response = await send(gzipSync(message(count)), packed("application/x-protobuf"));
    expect(response.status).toBe(413);
    const told = decodeMessage("Status", new Uint8Array(await response.arrayBuffer()));
    expect(told).toMatchObject({ message: expect.stringContaining(words) });
  }
  expect((await send(gzipSync(message(10_000)), packed("application/x-protobuf"))).status).toBe(200);
});

test("as many points as a Collector's largest batch are read", async () => {
  const { id } = await freshTenant();
  const many = Array.from({ length: 8192 }, (_, index) => ({ at: at(0), value: 1, attributes: { a: index, b: "b" } }));
  const { partialSuccess } = await sendMetrics({ "tenant.id": id }, [
    { name: "nobody.knows", kind: "gauge", points: many },
    level("tenantry.pooled", "1", 3),
  ]);
  expect(partialSuccess?.rejectedDataPoints).toBe("8192");
  expect(await samples(id, "pooled")).toEqual([[at(0), 3]]);
});

test("a name without end is told by its beginning, and costs each of its points no more than a short one", async () => {
  const body = JSON.stringify(
    payload({ "tenant.id": "x" }, [
      { name: "n".repeat(2_000_000), unit: "u".repeat(1000), kind: "gauge", points: Array(5000).fill({ at: at(0) }) },
    ]),
  );
  const response = await send(gzipSync(body), packed("application/json"));
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('5000 points: Tenantry makes nothing of \\"nnn');
});

test("a start that no clock tells costs its own point only, and those that follow are taken", async () => {
  const [odd, good] = [await freshTenant(), await freshTenant()];
  const starts = ["1e25", "1e40", 9e21, "8640000000000001000000", "18446744073709551615", "-1e30", 1e300];
  for (const [index, start] of starts.entries()) {
    const whole = [odd, good].map(({ slug }) =>
      payload({ "tenant.id": slug }, [
        level("tenantry.pooled", "1", 1, at(index)),
        http([{ at: at(index), count: 1 }]),
      ]),
    ) as { resourceMetrics: object[] }[];
    const body = { resourceMetrics: whole.flatMap(({ resourceMetrics }) => resourceMetrics) };
    const text = JSON.stringify(body).replace('"count"', `"startTimeUnixNano":${JSON.stringify(start)},"count"`);
    const response = await send(text, json());
    expect(response.status).toBe(200);
    if (Number(start) > 0) expect(await response.text()).toContain("1 point: their start is more than 60 s after");
    expect((await samples(good.id, "pooled")).at(-1)?.[0]).toBe(at(index));
  }
});

test("a start of next year does not make two instances of what is sent then", async () => {
  const { id } = await freshTenant();
  const round = (seconds: number, start: number) =>
    sendMetrics({ "tenant.id": id }, [http([{ start, at: at(seconds), count: 10 * seconds, sum: 1 }])]);
  expect((await round(0, at(365 * 86_400))).partialSuccess?.rejectedDataPoints).toBe("1");
  for (const seconds of [10, 20, 30]) expect(await round(seconds, at(-900))).toEqual({});
  expect(await samples(id, "requests")).toEqual([
    [at(20), 10],
    [at(30), 10],
  ]);
});

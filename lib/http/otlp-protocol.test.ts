import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMessage } from "@/lib/ingest/descriptor";
import { controlDb } from "@/lib/platform/prisma";
import { payload, send } from "./testing-otlp";
import { at, otlpSenders } from "./testing-otlp-senders";

const { freshTenant, keyWith, json, sendMetrics, samples } = otlpSenders();

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
  expect((await send(empty, protobuf())).status).toBe(413);
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

import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAudit } from "@/lib/gate/audit";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { csvField as field } from "@/lib/kernel/csv";
import type { Download } from "@/lib/kernel/download";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { verifyExport } from "./check-export";
import { exportAudit } from "./export-audit";
import { listAudit } from "./list-audit";
import { showSigner } from "./show-signer";

const many = 50_000;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes that are in use once the garbage is gone. */
function held(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
  await recordAudit(as("owner"), { operation: "tenants.create", outcome: "done", input: { name: 'Füße, 日本, "x"' } });
  await recordAudit(as("viewer"), { operation: "tenants.remove", outcome: "refused", reason: "=1+1" });
  await recordAudit(as("system"), { operation: "users.edit", outcome: "done" });
});
afterAll(() => control.close());

const open = (input: object = {}) => perform(exportAudit, as("auditor"), input) as Promise<Download>;

async function text({ chunks }: Download): Promise<string> {
  let all = "";
  for await (const chunk of chunks) all += chunk;
  return all;
}

async function* bytes(...parts: (string | Buffer)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

describe("a signed export", () => {
  test("is verified without the database, by the key that was told or, if told so, by its own", async () => {
    const file = await text(await open());
    const { publicKey, fingerprint } = await perform(showSigner, as("auditor"), {});
    const lines = file.trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ format: "tenantry-audit-export", version: 1, fingerprint });
    const told = await verifyExport(bytes(file), publicKey);
    expect(told).toMatchObject({ valid: true, problem: null, rows: lines.length - 2, keyGiven: true, fingerprint });
    await expect(verifyExport(bytes(file))).resolves.toMatchObject({ valid: true, keyGiven: false, fingerprint });
    const folder = mkdtempSync(join(tmpdir(), "export-"));
    writeFileSync(join(folder, "trail.jsonl"), file);
    await expect(verifyExport(join(folder, "trail.jsonl"), publicKey)).resolves.toMatchObject({ valid: true });
    rmSync(folder, { recursive: true });
  });

  test("is found out with any byte flipped, any line gone, moved or twice, and any cut", async () => {
    const { publicKey } = await perform(showSigner, as("auditor"), {});
    const file = Buffer.from(await text(await open()));
    const lines = file.toString("utf8").split(/(?<=\n)/);
    const check = (...parts: (string | Buffer)[]) => verifyExport(bytes(...parts), publicKey);
    const at = fc.nat(file.length - 1);
    await fc.assert(
      fc.asyncProperty(at, fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const other = Buffer.from(file);
        other[place] = (other[place] ?? 0) ^ flip;
        expect(await check(other)).toMatchObject({ valid: false, problem: expect.stringMatching(/\.$/) });
        expect(await check(file.subarray(0, place))).toMatchObject({ valid: false });
      }),
      { numRuns: 500 },
    );
    for (const [index, line] of lines.entries()) {
      const [before, after] = [lines.slice(0, index), lines.slice(index + 1)];
      expect(await check(...before, ...after)).toMatchObject({ valid: false });
      expect(await check(...before, line, line, ...after)).toMatchObject({ valid: false });
      if (after.length > 0) expect(await check(...before, ...after, line)).toMatchObject({ valid: false });
    }
    expect(await check(file, "more")).toMatchObject({ valid: false });
    expect(await check("")).toMatchObject({ valid: false });
    expect(await check(file.subarray(0, 40), file.subarray(40))).toMatchObject({ valid: true });
  });

  test("that was signed anew by somebody else is not this installation's", async () => {
    const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString();
    const file = await text(await open());
    await expect(verifyExport(bytes(file), other)).resolves.toMatchObject({
      valid: false,
      problem: expect.stringMatching(/not of this key/),
    });
    await expect(verifyExport(bytes(file), "no key")).resolves.toMatchObject({
      valid: false,
      problem: expect.stringMatching(/not an Ed25519/),
    });
  });

  test("holds what its filter says, oldest first, and is in the trail before its first byte", async () => {
    const rows = (await text(await open({ operation: "tenants" }))).trimEnd().split("\n").slice(1, -1);
    expect(rows.map((row) => JSON.parse(row).operation)).toEqual(["tenants.create", "tenants.remove"]);
    await open({ outcome: "refused" });
    const [event] = (await perform(listAudit, as("auditor"), { operation: "audit.export", limit: 1 })).events;
    expect(event).toMatchObject({ actor: "auditor@example.com", after: { rows: 1 }, input: { outcome: "refused" } });
  });

  test("is refused to whoever may not read the trail, and the trail tells", async () => {
    await expect(perform(exportAudit, as("analyst"), {})).rejects.toMatchObject({ code: "forbidden" });
    const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
    expect(event).toMatchObject({ operation: "audit.export", outcome: "refused", actor: "analyst@example.com" });
  });
});

describe("CSV", () => {
  test("has the columns that are chosen, in that order", async () => {
    const file = await text(await open({ format: "csv", operation: "users", columns: ["outcome", "id"] }));
    expect(file).toMatch(/^outcome,id\r\n"done","\d+"\r\n$/);
  });

  test("is RFC 4180 with a header, and holds no formula", async () => {
    const [head, ...rows] = (await text(await open({ format: "csv", operation: "tenants" }))).split("\r\n");
    expect(head).toMatch(/^id,createdAt,outcome,operation,/);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain(`"{""name"":""Füße, 日本, \\""x\\""""}"`);
    expect(rows[1]).toContain(`"'=1+1"`);
  });

  test.each(["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1", "\ufeff=1", "\u200b=1", "\n1"])(
    "%j is text",
    (value) => {
      expect(field(value)).toBe(`"'${value}"`);
    },
  );

  test("any field is read back as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const inner = field(value).slice(1, -1).replaceAll('""', '"');
        expect([value, `'${value}`]).toContain(inner);
      }),
    );
  });
});

test("the list goes back page by page, and its filters take no patterns", async () => {
  const list = async (input: object) => (await perform(listAudit, as("auditor"), input)).events.map(({ id }) => id);
  const first = await perform(listAudit, as("auditor"), { limit: 2 });
  const newest = Number(first.events[0]?.id);
  expect(first.events.map(({ id }) => Number(id))).toEqual([newest, newest - 1]);
  const second = await list({ limit: 2, cursor: first.next });
  expect(second.map(Number)).toEqual([newest - 2, newest - 3]);
  expect((await list({ order: "asc", limit: 2 })).map(Number)).toEqual([1, 2]);
  expect(await list({ operation: "tenants" })).toEqual(["2", "1"]);
  expect(await list({ operation: "tenants.remove", actor: "VIEWER@" })).toEqual(["2"]);
  for (const input of [{ actor: "%" }, { operation: "tenant_" }, { actor: "v_ewer" }, { operation: "tenant" }])
    expect(await list(input)).toEqual([]);
  expect(await list({ to: "2020-01-01T00:00:00Z" })).toEqual([]);
});

test(`${many} rows are exported and verified without holding them`, async () => {
  await control.sql(
    `INSERT INTO audit_events (id, operation, actor_kind, actor, outcome, input, request_id, hash)
     SELECT n, 'thing.done', 'user', 'x', 'done', jsonb_build_object('text', repeat('x', 2000)), 'r', repeat('0', 64)
       FROM generate_series((SELECT max(id) FROM audit_events) + 1, $1) n`,
    [many],
  );
  await control.sql("UPDATE audit_head SET seq = $1", [many]);
  const { publicKey } = await perform(showSigner, as("auditor"), {});
  const before = held();
  let [size, most, count] = [0, 0, 0];
  const { chunks } = await open();
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (count++ % 20 === 0) most = Math.max(most, held() - before);
      yield Buffer.from(chunk);
    }
  }
  await expect(verifyExport(watched(), publicKey)).resolves.toMatchObject({ valid: true, rows: many });
  expect(size).toBeGreaterThan(100_000_000);
  // Garbage included.
  expect(most).toBeLessThan(90_000_000);
}, 60_000);

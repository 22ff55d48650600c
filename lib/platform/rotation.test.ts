import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encrypt } from "./envelope";
import type { Queryable } from "./key-table";
import { seal, unseal } from "./keyring";
import { masterOf } from "./masters";
import { resealOnce } from "./reseal";
import { rotateDataKey } from "./rotation";
import { type SealedColumn, sealedColumns } from "./sealed-columns";
import { type TestControl, testControl } from "./testing";
import { belongsTo, insertTenant, keepWorking, type LoadReport, plainOf } from "./testing-key-load";
import { columnsWithEnvelopes } from "./testing-keys";

const clock = () => new Date();
const counts = { tenants: 1000, next: 100, users: 100, servers: 10, keys: 2 };

let control: TestControl;
let client: pg.Client;

beforeAll(async () => {
  control = await testControl();
  client = new pg.Client({ connectionString: control.url });
  await client.connect();
  // The fixture's own server holds another secret than `plainOf` says.
  await control.sql("UPDATE servers SET admin_secret = NULL");
  for (let number = 0; number < counts.tenants; number++) {
    const id = randomUUID();
    await insertTenant(client, id, `tenant-${number}`, await sealed(`tenant:${id}`, id, number));
  }
  await control.sql("UPDATE tenants SET deleted_at = now() WHERE slug LIKE 'tenant-9_'");
  // Some are being given another password.
  await control.sql("UPDATE tenants SET next_secret = secret WHERE slug LIKE 'tenant-1__'");
  for (let number = 0; number < counts.users; number++) {
    const id = randomUUID();
    const secret = await sealed(`totp:${id}`, id, number);
    await control.sql(
      "INSERT INTO users (id, email, name, role, password_hash, totp_secret) VALUES ($1, $2, '', 'owner', '', $3)",
      [id, `${number}@example.com`, secret],
    );
  }
  for (let number = 0; number < counts.servers; number++) {
    const id = randomUUID();
    const secret = await sealed(`server:${id}`, id, number);
    await control.sql(
      `INSERT INTO servers (id, name, region, host, port, admin_user, admin_secret)
       VALUES ($1, $2, 'x', 'h', 1, 'a', $3)`,
      [id, `server ${number}`, secret],
    );
  }
  for (const name of ["audit-chain", "signing"])
    await control.sql("INSERT INTO sealed_keys (name, sealed) VALUES ($1, $2)", [
      name,
      await seal(plainOf(name), `sealed-key:${name}`),
    ]);
}, 120_000);

afterAll(async () => {
  await client?.end();
  await control?.close();
});

/** Every tenth secret is one of before there were data keys. */
async function sealed(context: string, key: string, number: number): Promise<string> {
  const master = masterOf(process.env.TENANTRY_SECRET_KEY ?? "");
  return number % 10 === 0
    ? encrypt("v1", master, Buffer.from(plainOf(key)), context)
    : await seal(plainOf(key), context);
}

async function everyEnvelope(): Promise<{ column: SealedColumn; key: string; value: string }[]> {
  const all = sealedColumns.map(async (column) => {
    const { table, key, column: name } = column;
    const { rows } = await control.sql(
      `SELECT ${key}::text AS key, ${name} AS value FROM ${table} WHERE ${name} IS NOT NULL`,
    );
    return rows.map((row) => ({ column, ...row }));
  });
  return (await Promise.all(all)).flat();
}

async function everythingOpens(): Promise<number> {
  const envelopes = await everyEnvelope();
  for (const { column, key, value } of envelopes)
    expect(await unseal(value, column.context(key)), `${column.table} ${key}`).toSatisfy((plain: string) =>
      belongsTo(key, plain),
    );
  return envelopes.length;
}

const keyIds = async () => new Set((await everyEnvelope()).map(({ value }) => value.split(".")[1]));

/** Another process at work with the same secrets; `stop` ends it and gives its report. */
async function otherProcess(): Promise<{ stop: () => Promise<LoadReport> }> {
  const args = ["--import", "tsx", "lib/platform/testing-key-load.ts"];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env: process.env });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  const stop = async () => {
    child.stdin.end();
    return JSON.parse(String((await lines.next()).value)) as LoadReport;
  };
  return { stop };
}

test("two rotations after each other while two processes read, create and edit: nothing is unreadable for a moment", async () => {
  const child = await otherProcess();
  const stop = new AbortController();
  const here = keepWorking(control.url, "here", stop.signal);
  await delay(500);
  const first = await rotateDataKey({ clock });
  const second = await rotateDataKey({ clock });
  stop.abort();
  const reports = [await here, await child.stop()];
  console.log(
    JSON.stringify({
      first,
      second,
      reports: reports.map(({ failures, changed, ...more }) => ({ ...more, changed: Object.keys(changed).length })),
    }),
  );
  expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
  for (const report of reports) expect(report.reads).toBeGreaterThan(50);
  expect(first.resealed).toBeGreaterThanOrEqual(counts.tenants + counts.users + counts.servers + counts.keys);
  for (const rotation of [first, second]) expect(rotation).toMatchObject({ left: 0, unreadable: [] });
  expect(await keyIds()).toEqual(new Set([second.keyId]));
  expect(await everythingOpens()).toBeGreaterThan(counts.tenants);
  const kept = new Map((await everyEnvelope()).map(({ key, value }) => [key, value]));
  for (const [id, plain] of reports.flatMap(({ changed }) => Object.entries(changed)))
    expect(await unseal(kept.get(id) ?? "", `tenant:${id}`)).toBe(plain);
}, 120_000);

test("of two rotations at once one is refused in words, and nothing is lost", async () => {
  const settled = await Promise.allSettled([rotateDataKey({ clock }), rotateDataKey({ clock })]);
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toMatchObject([{ code: "conflict", message: expect.stringContaining("being rotated already") }]);
  await everythingOpens();
}, 60_000);

test("after kill -9 in the middle everything opens, and running it again leaves no former key", async () => {
  const before = await keyIds();
  const child = spawn(process.execPath, ["scripts/tenantry.mjs", "rotate-keys"], { stdio: "ignore", env: process.env });
  const ended = once(child, "exit");
  const moved = async () => (await everyEnvelope()).filter(({ value }) => !before.has(value.split(".")[1])).length;
  while ((await moved()) < 100) await delay(5);
  child.kill("SIGKILL");
  await ended;
  const half = await moved();
  expect(half).toBeLessThan(counts.tenants);
  await everythingOpens();
  const again = await rotateDataKey({ clock });
  console.log(JSON.stringify({ killedAfter: half, again }));
  expect(again).toMatchObject({ left: 0, unreadable: [] });
  expect(await keyIds()).toEqual(new Set([again.keyId]));
  await everythingOpens();
}, 120_000);

test("a row that somebody holds is not waited for; it is reported and stays readable", async () => {
  await client.query("BEGIN");
  await client.query("SELECT 1 FROM tenants WHERE slug = 'tenant-1' FOR UPDATE");
  const rotation = await rotateDataKey({ clock, patienceMs: 500 });
  expect(rotation.left).toBe(1);
  await client.query("COMMIT");
  await everythingOpens();
  expect(await rotateDataKey({ clock })).toMatchObject({ left: 0 });
}, 60_000);

test("a secret that takes another's place while that one is being sealed again is not overwritten", async () => {
  const { rows } = await control.sql("SELECT id::text AS id FROM tenants WHERE slug = 'tenant-5'");
  const id = rows[0].id as string;
  const newer = await seal(`${plainOf(id)} #newer`, `tenant:${id}`);
  const interrupting = {
    query: async (question: string, values: unknown[]) => {
      if (question.includes("UPDATE tenants") && (values[0] as string[]).includes(id))
        await control.sql("UPDATE tenants SET secret = $2 WHERE id = $1", [id, newer]);
      return await client.query(question, values);
    },
  } as Queryable;
  const done = { count: 0, unreadable: new Set<string>() };
  await resealOnce(interrupting, "of nobody", done, () => undefined);
  const kept = (await control.sql("SELECT secret FROM tenants WHERE id = $1", [id])).rows[0].secret;
  expect(await unseal(kept, `tenant:${id}`)).toBe(`${plainOf(id)} #newer`);
  expect(done.count).toBeGreaterThan(counts.tenants);
}, 60_000);

test("no column but the declared ones holds a sealed secret", async () => {
  const declared = sealedColumns.map(({ table, column }) => `${table}.${column}`);
  expect((await columnsWithEnvelopes(control.url)).sort()).toEqual([...declared].sort());
});

import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordAudit } from "@/lib/gate/audit";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import type { AuditCheck } from "./contract";
import { verifyAudit } from "./verify-audit";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(() => reset());

/** As somebody does who has all of PostgreSQL: past the triggers. */
async function tamper(...statements: string[]): Promise<void> {
  await control.sql(`SET session_replication_role = replica; ${statements.join("; ")}`);
}

async function reset(): Promise<void> {
  await tamper(
    "TRUNCATE audit_events",
    "DELETE FROM sealed_keys",
    "DELETE FROM audit_head",
    "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '')",
  );
}

const append = (operation: string, input: unknown = {}, before?: unknown) =>
  recordAudit(as("owner", { note: { target: operation, before } }), { operation, outcome: "done", input });

const check = (noted?: string): Promise<AuditCheck> => perform(verifyAudit, as("auditor"), noted ? { noted } : {});

async function grow(count: number): Promise<void> {
  for (let n = 1; n <= count; n++) await append(`thing.${n}`, { n });
}

const columns = {
  operation: "operation || 'x'",
  actor_kind: "actor_kind || 'x'",
  actor_id: "'somebody'",
  actor: "actor || 'x'",
  outcome: "outcome || 'x'",
  reason: "'because'",
  target: "coalesce(target, '') || 'x'",
  input: `input || '{"more": 1}'`,
  before: `'{"it": "was"}'`,
  after: `'{"it": "is"}'`,
  request_id: "request_id || 'x'",
  ip_address: "'10.9.8.7'",
  user_agent: "'other'",
  created_at: "created_at + interval '1 millisecond'",
  hash: "md5(hash) || md5(hash)",
};

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value).replaceAll(/\\u0000|\\ud[89a-f]../gi, "")));
const said = fc.oneof(fc.dictionary(fc.constantFrom("a", "b", "2", "é", "__proto__"), json), json);
const step = fc.record({ operation: fc.stringMatching(/^[a-z]{1,9}\.[a-zA-Z]{1,9}$/), input: said, before: said });

/** A change and the row that has to be named, for a trail of `length` rows. */
const mutation = (length: number) => {
  const id = fc.integer({ min: 1, max: length });
  return fc.oneof(
    fc.tuple(id, fc.constantFrom(...Object.entries(columns))).map(([at, [column, value]]) => ({
      sql: [`UPDATE audit_events SET ${column} = ${value} WHERE id = ${at}`],
      bad: String(at),
    })),
    id.map((at) => ({ sql: [`DELETE FROM audit_events WHERE id = ${at}`], bad: String(at) })),
    fc.uniqueArray(id, { minLength: 2, maxLength: 2 }).map(([one = 1, other = 2]) => ({
      sql: [
        `UPDATE audit_events SET id = -1 WHERE id = ${one}`,
        `UPDATE audit_events SET id = ${one} WHERE id = ${other}`,
        `UPDATE audit_events SET id = ${other} WHERE id = -1`,
      ],
      bad: String(Math.min(one, other)),
    })),
    id.map((at) => ({
      sql: [
        `UPDATE audit_events SET id = -id WHERE id >= ${at}`,
        "UPDATE audit_events SET id = 1 - id WHERE id < 0",
        `INSERT INTO audit_events SELECT (jsonb_populate_record(e, jsonb_build_object('id', ${at}))).* FROM audit_events e
          WHERE id = ${at + 1}`,
      ],
      // What was put in is a copy of the row it pushes on, so that it passes for it; the pushed row is then wrong.
      bad: String(at + 1),
    })),
    id.map((at) => ({ sql: [`DELETE FROM audit_events WHERE id >= ${at}`], bad: String(at) })),
    fc
      .constantFrom("seq = seq - 1", "hash = ''", "mac = ''", "since = 1", "seq = 0, hash = '', mac = '', since = 0")
      .map((what) => ({ sql: [`UPDATE audit_head SET ${what}`], bad: "audit_head" })),
    fc.constant({
      sql: ["DELETE FROM audit_head", "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '')"],
      bad: "audit_head",
    }),
    fc.constant({ sql: ["DELETE FROM audit_head"], bad: "audit_head" }),
  );
};

const trail = fc.array(step, { minLength: 2, maxLength: 8 }).chain((steps) => {
  return fc.record({ steps: fc.constant(steps), mutation: mutation(steps.length) });
});

describe("whatever was written, a trail is intact until something else changes it, and then", () => {
  test("the first bad row is named", async () => {
    await fc.assert(
      fc.asyncProperty(trail, async ({ steps, mutation: { sql, bad } }) => {
        await reset();
        for (const { operation, input, before } of steps) await append(operation, input, before);
        expect(await check()).toMatchObject({ intact: true, checked: steps.length, firstBad: null });
        await tamper(...sql);
        const result = await check();
        expect(result).toMatchObject({ intact: false, end: null, firstBad: { id: bad } });
        expect(result.firstBad?.problem).toMatch(/\w+ .*\.$/);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

describe("a trail", () => {
  test("that fifty write to at once is one chain without gaps", async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => append(`thing.${n}`)));
    const result = await check();
    expect(result).toMatchObject({ intact: true, checked: 50, older: 0 });
    expect(result.end).toMatch(/^50:[0-9a-f]{64}$/);
  });

  test("can be checked while others write", async () => {
    await grow(20);
    const [, ...checks] = await Promise.all([grow(20), check(), check()]);
    for (const result of checks) expect(result).toMatchObject({ intact: true });
  });

  test("that was cut and whose end was set back with it is told by an end that was noted", async () => {
    await grow(3);
    const { rows } = await control.sql("SELECT * FROM audit_head");
    await grow(2);
    const { end } = await check();
    const { seq, hash, mac } = rows[0];
    await tamper(
      `DELETE FROM audit_events WHERE id > ${seq}`,
      `UPDATE audit_head SET seq = ${seq}, hash = '${hash}', mac = '${mac}'`,
    );
    expect(await check()).toMatchObject({ intact: true, checked: 3 });
    expect(await check(end ?? "")).toMatchObject({
      intact: false,
      firstBad: { id: "5", problem: expect.stringMatching(/set back/) },
    });
    await grow(3);
    expect(await check(end ?? "")).toMatchObject({
      firstBad: { id: "5", problem: expect.stringMatching(/another hash than was noted/) },
    });
  });

  test("that goes on is not held against an end that was noted", async () => {
    await grow(3);
    const { end } = await check();
    await grow(3);
    expect(await check(end ?? "")).toMatchObject({ intact: true, checked: 6 });
  });

  test("that was begun anew, with its key thrown away, is told by an end that was noted", async () => {
    await grow(2);
    const { end } = await check();
    await reset();
    expect(await check()).toMatchObject({ intact: true, checked: 0, end: null });
    expect(await check(end ?? "")).toMatchObject({ intact: false, firstBad: { id: "2" } });
  });

  test("has no rows of before the chain where there were none: one that is put there is named", async () => {
    await grow(2);
    await control.sql(
      "INSERT INTO audit_events (id, operation, actor_kind, actor, outcome, request_id) VALUES (0, 'x', 'user', 'x', 'done', 'r')",
    );
    expect(await check()).toMatchObject({ intact: false, firstBad: { id: "0" } });
  });

  test("of before the chain is told as such, and stays apart", async () => {
    await tamper(
      `INSERT INTO audit_events (id, operation, actor_kind, actor, outcome, request_id)
       SELECT n, 'old', 'user', 'x', 'done', 'r' FROM generate_series(1, 4) n`,
      "UPDATE audit_head SET seq = 4, since = 4",
    );
    await grow(2);
    expect(await check()).toMatchObject({ intact: true, checked: 2, older: 4 });
    await tamper("UPDATE audit_head SET since = 5");
    expect(await check()).toMatchObject({ firstBad: { id: "audit_head" } });
  });

  test("with a row that somebody without the key put behind the end, or into an empty trail", async () => {
    await tamper(`INSERT INTO audit_events (id, operation, actor_kind, actor, outcome, request_id, hash)
                  VALUES (1, 'x', 'user', 'x', 'done', 'r', '${"0".repeat(64)}')`);
    expect(await check()).toMatchObject({
      intact: false,
      firstBad: { id: "1", problem: expect.stringMatching(/behind the trail's end/) },
    });
  });

  test("whose triggers are gone, disabled or do nothing is not intact, though every link is right", async () => {
    await grow(2);
    const alter = "ALTER TABLE audit_events";
    await control.sql(`${alter} DISABLE TRIGGER audit_events_only_grow`);
    expect(await check()).toMatchObject({
      intact: false,
      firstBad: { id: "audit_events", problem: expect.stringMatching(/is disabled/) },
    });
    await control.sql(`${alter} ENABLE TRIGGER audit_events_only_grow`);
    const { rows } = await control.sql("SELECT pg_get_functiondef('audit_events_only_grow'::regproc) AS sql");
    await control.sql(
      "CREATE OR REPLACE FUNCTION audit_events_only_grow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    );
    expect(await check()).toMatchObject({ firstBad: { problem: expect.stringMatching(/was changed/) } });
    await control.sql(rows[0].sql);
    expect(await check()).toMatchObject({ intact: true });
  });
});

test("PostgreSQL refuses changes to the trail, also to its owner", async () => {
  await grow(1);
  for (const statement of [
    "UPDATE audit_events SET actor = 'x'",
    "DELETE FROM audit_events",
    "TRUNCATE audit_events",
  ]) {
    await expect(control.sql(statement)).rejects.toThrow(/the audit trail only grows/);
  }
  expect(await controlDb().auditEvent.count()).toBe(1);
});

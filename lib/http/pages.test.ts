import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { invite } from "@/lib/access/invite";
import { makeRows, person, plan } from "@/lib/bulk/testing-plan";
import { catalog } from "@/lib/catalog";
import type { Ctx, UserActor } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { everyPage } from "@/lib/kernel/page";
import { createKey } from "@/lib/keys/create-key";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";

let control: TestControl;
/** Everything a list may need is this one's: sessions, support, runs. */
let owner: Ctx;
let userId: string;
let tenant: string;
let run: string;
const many = 7;

beforeAll(async () => {
  control = await testControl();
  owner = await person("owner");
  userId = (owner.actor as UserActor).id;
  await makeRows(control.serverId, "t", many);
  tenant = (await controlDb().tenant.findFirstOrThrow({ orderBy: { slug: "asc" } })).id;
  const at = new Date("2026-03-01T12:00:00Z");
  // Equal names, times and figures, and some that are not known: only the last key tells these rows apart.
  await control.sql(
    "UPDATE tenants SET name = CASE WHEN slug < 't000005' THEN 'Same' ELSE 'same' END, created_at = $1",
    [at],
  );
  await control.sql(
    `INSERT INTO tenant_usage_latest (tenant_id, tick_id, changed_at, cpu, storage)
     SELECT id, 1, now(), CASE WHEN slug < 't000004' THEN 0.1 END, 5 FROM tenants WHERE slug < 't000007'`,
  );
  for (let n = 0; n < many; n++) {
    await person("viewer");
    await perform(createKey, as("system"), { name: `key ${n % 2}`, permissions: ["tenants:read"] });
    await perform(invite, as("system"), { email: `new${n}@example.com`, role: "viewer" });
    run = (await plan(owner, "vacuum", { filter: {} })).id;
    await controlDb().session.create({
      data: { id: newId(at), userId, tokenHash: `s${n}`, expiresAt: new Date(Date.now() + 3_600_000) },
    });
    await controlDb().supportAccess.create({
      data: {
        ...{ id: newId(at), tenantId: tenant, userId, userEmail: "a", userName: "a", reason: "why", tokenHash: `${n}` },
        ...{ createdAt: at, expiresAt: at },
      },
    });
    await controlDb().isolationFinding.create({
      data: {
        ...{ serverId: control.serverId, rule: "r", subject: `s${n}`, words: "w", firstSeen: at, lastSeen: at },
        resolvedAt: n % 2 ? at : null,
      },
    });
    await controlDb().lakeDay.create({
      data: {
        ...{ day: new Date(at.getTime() + n * 86_400_000), level: "hour", rows: 24, tenants: 1, bytes: 1 },
        ...{ fingerprint: "1", writtenAt: at, tookMs: 1 },
      },
    });
    const asked = { kind: "tenants", format: "csv", createdAt: at };
    await controlDb().report.create({
      data: { ...asked, id: newId(at), title: "Same", askedBy: "a", askedKind: "system" },
    });
    await controlDb().reportSchedule.create({
      data: {
        ...{ ...asked, id: newId(at), name: `${n}`, every: "daily", at: "07:00", tz: "UTC" },
        ...{ madeBy: "a", madeKind: "system" },
      },
    });
    await controlDb().tenantActivity.create({
      data: { tenantId: tenant, activityType: "edited", description: `${n}`, actor: "a" },
    });
  }
  await control.sql("UPDATE users SET name = 'Same', last_sign_in_at = CASE WHEN email < '1' THEN now() END");
  await control.sql("UPDATE api_keys SET revoked_at = CASE WHEN name = 'key 0' THEN created_at END");
});
afterAll(() => control.close());

const paged = catalog.filter(({ contract: { input } }) => input instanceof z.ZodObject && "cursor" in input.shape);

type Row = { id?: string; position?: number; day?: string; tenant?: { id: string } };

/** What a list needs to be told, and with what the others narrow it. */
const needs: Record<string, () => object> = {
  "bulk.items": () => ({ id: run }),
  "users.sessions": () => ({ id: userId }),
  "isolation.findings": () => ({ state: "all" }),
  "analytics.activities": () => ({ range: "1h" }),
  "analytics.anomalies": () => ({}),
};

const shapeOf = (op: Operation) => (op.contract.input as z.ZodObject).shape as Record<string, z.ZodType>;

/** Every order there is, and the usual one. */
function orders(op: Operation): object[] {
  const { sort, order } = shapeOf(op);
  const of = (shape: z.ZodType | undefined, name: string) =>
    shape ? (shape as z.ZodDefault<z.ZodEnum>).unwrap().options.map((value) => ({ [name]: value })) : [{}];
  return of(sort, "sort").flatMap((one) => of(order, "order").map((other) => ({ ...one, ...other })));
}

describe.each(paged.map((op) => [op.contract.id, op as Operation] as const))("%s", (id, op) => {
  const which = () => ({ ...(op.contract.path.includes("{id}") && { id: tenant }), ...needs[id]?.() });
  const name = op.contract.list ?? "";
  const keyOf = (row: unknown) => {
    const { id: own, position, day, tenant: of } = row as Row;
    return own ?? position ?? day ?? of?.id;
  };
  const ask = async (input: object) =>
    (await perform(op, owner, { ...which(), ...input })) as { next: string | null } & Record<string, unknown[]>;

  test("says which array it is, what follows, and takes a limit", () => {
    expect(name).not.toBe("");
    expect(Object.keys((op.contract.output as z.ZodObject).shape)).toEqual(expect.arrayContaining([name, "next"]));
    expect(shapeOf(op)).toHaveProperty("limit");
  });

  test("gives in pages of two what it gives whole, in every order, each row once", async () => {
    for (const order of orders(op)) {
      // What is done for this very test adds to the trail: the newest come first, so the cursor stays behind them.
      const whole = ((await ask({ ...order, limit: 200 }))[name] ?? []).map(keyOf);
      expect(whole.length, JSON.stringify(order)).toBeGreaterThanOrEqual(many);
      const walked = await everyPage(name, (at) => ask({ ...order, ...at, limit: 2 }) as never);
      expect((walked as unknown as Record<string, unknown[]>)[name]?.map(keyOf), JSON.stringify(order)).toEqual(whole);
      expect(new Set(whole).size).toBe(whole.length);
    }
  }, 60_000);

  test("refuses a cursor that is broken, or another list's", async () => {
    const foreign = paged.find(
      (other) => other.contract.id !== id && !other.contract.path.includes("{id}"),
    ) as Operation;
    const { next } = (await perform(foreign, owner, { limit: 1 })) as { next: string | null };
    expect(next).not.toBeNull();
    for (const cursor of ["1", next])
      await expect(ask({ cursor })).rejects.toMatchObject({ code: "invalid", fields: { cursor: expect.any(String) } });
  });
});

test("page numbers still work where they did, and are not mixed with a cursor", async () => {
  for (const id of ["tenants.list", "schema.tenants", "isolation.findings"]) {
    const op = paged.find(({ contract }) => contract.id === id) as Operation;
    const ask = async (input: object) =>
      (await perform(op, owner, { ...needs[id]?.(), ...input })) as Record<string, unknown[]>;
    const name = op.contract.list ?? "";
    const first = await ask({ page: 1, pageSize: 3 });
    const second = await ask({ page: 2, pageSize: 3 });
    expect([...(first[name] ?? []), ...(second[name] ?? [])]).toEqual((await ask({ limit: 6 }))[name]);
    expect((await ask({ limit: 3, cursor: first.next }))[name]).toEqual(second[name]);
    await expect(ask({ page: 2, cursor: first.next })).rejects.toMatchObject({
      fields: { cursor: expect.any(String) },
    });
    await expect(ask({ limit: 2, pageSize: 2 })).rejects.toMatchObject({ fields: { limit: expect.any(String) } });
  }
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { as } from "@/lib/gate/testing";
import { isPermission } from "@/lib/kernel/permissions";
import { everything } from "@/lib/kernel/scope";
import { controlDb, Prisma } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { lockTenant } from "@/lib/tenants/find";
import type { Action, Outcome, RegistryAction } from "./action";
import { actions } from "./actions";

/** An input of each action that needs one; in the registry's, something to do for the test's tenant. */
const samples: Record<string, object> = {
  "set-plan": { plan: "business" },
  rollback: { migration: "20261121163100_page_views" },
  "import-data": { upload: "0".repeat(64) },
  tag: { add: ["vip"], remove: ["old"] },
  "start-maintenance": { message: "Back at six.", allow: ["192.0.2.1"], until: "2099-01-01T06:00:00Z" },
  "set-limits": { connections: 7, statementTimeoutSeconds: 30, workMemMb: 8 },
};

/** The statuses that an action's tenant begins with, where `active` leaves nothing to do. */
const from: Record<string, "suspended" | "deleted"> = { activate: "suspended", restore: "deleted", purge: "deleted" };

const inputOf = (action: Action) => action.input.parse(samples[action.name] ?? {});

let control: TestControl;
let tenant: TestTenant;
beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("acme");
  await control.sql(`COMMENT ON ROLE "${tenant.role}" IS 'tenantry:${tenant.id}'`, [], "postgres");
});
afterAll(() => control.close());

const row = () => controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id } });

/** What an action may change, as it stands in the registry. */
async function standing() {
  const { status, statusReason, plan, tags, settings, purgeAfter } = await row();
  const maintenance = await controlDb().tenantMaintenance.findUnique({ where: { tenantId: tenant.id } });
  return { maintenance, status, statusReason, plan, tags, settings: limitsIn(settings), purgeAfter };
}

/** A limit that was never set and one that was taken back are the same. */
function limitsIn(settings: Prisma.JsonValue) {
  const { limits = {} } = z.object({ limits: z.record(z.string(), z.unknown()).optional() }).parse(settings);
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null));
}

async function inTransaction(work: (ctx: Ctx, tenant: Awaited<ReturnType<typeof lockTenant>>) => Promise<Outcome>) {
  return await controlDb().$transaction(async (db) => {
    const ctx = as("system", { db, bulkRun: "0199aaaa-0000-7000-8000-000000000001" });
    return await work(ctx, await lockTenant(ctx, tenant.id));
  });
}

async function previewed(action: Action): Promise<{ left: string | null; warnings: (string | null)[] }[]> {
  const { leaveOut = Prisma.sql`NULL`, warnings = [] } = await action.preview(inputOf(action), everything);
  const texts = warnings.map((one) => Prisma.sql`(${one})::text`);
  return await controlDb().$queryRaw`
    SELECT (${leaveOut})::text AS left, ARRAY[${texts.length > 0 ? Prisma.join(texts) : Prisma.empty}]::text[] AS warnings
    FROM tenants t LEFT JOIN tenant_usage_latest u ON u.tenant_id = t.id
    LEFT JOIN tenant_schemas s ON s.tenant_id = t.id`;
}

test("every action has a name of its own", () => {
  const names = actions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(actions.map((action) => [action.name, action] as const))("%s", (_, action) => {
  test("says what it is, and who may plan it", () => {
    expect(action.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(action.title).toMatch(/^[A-Z]/);
    expect(action.summary).toMatch(/^[A-Z].*\.$/);
    expect(isPermission(action.permission)).toBe(true);
    expect(action.words(inputOf(action))).toMatch(/^\S.*\S$/);
    const words = action.undo?.words(inputOf(action));
    if (words !== undefined) expect(words).toMatch(/^\S.*\S$/);
    const none = { tenants: 0, connections: null, requests: null, storage: null };
    for (const line of action.radius?.(inputOf(action), none) ?? []) expect(line).toMatch(/^[A-Z].*\.$/);
  });

  test("has an input that makes a form: an object whose fields all have titles", () => {
    const schema = z.toJSONSchema(action.input, { io: "input" });
    expect(schema.type).toBe("object");
    for (const [name, field] of Object.entries(schema.properties ?? {}))
      expect(field, name).toMatchObject({ title: expect.stringMatching(/^[A-Z]/) });
  });

  test("refuses an input of other fields", () => {
    const strict = action.input instanceof z.ZodObject ? action.input.strict() : action.input;
    expect(strict.safeParse({ ...Object(inputOf(action)), nonsense: 1 }).success).toBe(false);
  });
});

async function begin(status: string, inMaintenance = false): Promise<void> {
  await control.sql("DELETE FROM tenant_maintenance");
  if (inMaintenance)
    await control.sql(
      `INSERT INTO tenant_maintenance (tenant_id, message, bypass_hash, retry_after, started_at, started_by)
       VALUES ($1, 'Back soon', 'hash', 60, now(), 'somebody')`,
      [tenant.id],
    );
  await control.sql(
    `UPDATE tenants SET status = $1::tenant_status, status_reason = NULL, plan = 'starter', tags = '{old}', settings = '{}',
            purge_after = CASE WHEN $1 = 'deleted' THEN now() + interval '1 day' END,
            status_before = CASE WHEN $1 = 'deleted' THEN 'active'::tenant_status END`,
    [status],
  );
}

describe.each(actions.map((action) => [action.name, action] as const))("the preview of %s", (_, action) => {
  test("can be asked of an empty registry", async () => {
    await control.sql("UPDATE tenants SET deleted_at = now()");
    const { leaveOut } = await action.preview(inputOf(action), everything);
    const asked = await controlDb().$queryRaw`SELECT ${leaveOut ?? Prisma.sql`1`} FROM tenants t
      LEFT JOIN tenant_usage_latest u ON u.tenant_id = t.id LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
      WHERE t.deleted_at IS NULL`;
    await control.sql("UPDATE tenants SET deleted_at = NULL");
    expect(asked).toEqual([]);
  });

  test("lets in a tenant that there is something to do for, and no other status without a reason", async () => {
    await begin(from[action.name] ?? "active", action.name === "end-maintenance");
    const [asked] = await previewed(action);
    if (action.where === "registry") expect(asked?.left).toBeNull();
    for (const status of ["provisioning", "deleting"]) {
      await begin(status);
      const [found] = await previewed(action);
      if (found?.left) expect(found.left).toMatch(/^[A-Z].*\.$/);
    }
  });
});

const ofRegistry = actions.filter((action): action is RegistryAction => action.where === "registry");

describe.each(ofRegistry.map((action) => [action.name, action] as const))("%s in the registry", (_, action) => {
  const run = () => inTransaction((ctx, locked) => action.run(ctx, locked, inputOf(action)));
  const undo = (saved: Outcome["saved"]) =>
    inTransaction(async (ctx, locked) => {
      if (!action.undo || saved === undefined) throw new Error("there is nothing to undo");
      return await action.undo.run(ctx, locked, saved);
    });

  beforeEach(() => begin(from[action.name] ?? "active", action.name === "end-maintenance"));

  test("does it, tells the timeline of the run, and a second time changes nothing", async () => {
    const before = await standing();
    const told = await controlDb().tenantActivity.count();
    const outcome = await run();
    expect(outcome).toMatchObject({ status: "done", words: expect.stringMatching(/\S/) });
    const after = await standing();
    expect(after).not.toEqual(before);
    expect(await controlDb().tenantActivity.count()).toBe(told + 1);
    const activity = await controlDb().tenantActivity.findFirst({ orderBy: { id: "desc" } });
    expect(activity?.metadata).toMatchObject({ bulkRun: expect.any(String) });
    expect(await run()).toMatchObject({ status: "skipped" });
    expect(await standing()).toEqual(after);
    expect((await previewed(action))[0]?.left).toMatch(/^[A-Z].*\.$/);
  });

  const withUndo = action.undo ? test : () => undefined;

  withUndo("is taken back wholly, once", async () => {
    const before = await standing();
    const { saved } = await run();
    expect(await undo(JSON.parse(JSON.stringify(saved)))).toMatchObject({ status: "done" });
    expect(await standing()).toEqual(before);
    expect(await undo(saved)).toMatchObject({ status: "skipped", words: expect.stringMatching(/\S/) });
    expect(await standing()).toEqual(before);
  });
});

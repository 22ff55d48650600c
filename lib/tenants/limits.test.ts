import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as, asKey } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { changeLimits, type LimitChange } from "./change-limits";
import { lockTenant } from "./find";
import { limitsOf } from "./limits";
import { reconcileStatuses } from "./reconcile";
import { setTenantStatus } from "./set-tenant-status";
import { showTenant } from "./show-tenant";

let control: TestControl;
let tenant: TestTenant;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  tenant = await control.makeTenant(`acme-${made++}`);
  await control.sql(`COMMENT ON ROLE "${tenant.role}" IS 'tenantry:${tenant.id}'`, [], "postgres");
});

async function signIn(): Promise<pg.Client> {
  const { host, port } = control.access;
  const client = new pg.Client({ host, port, user: tenant.role, password: tenant.password, database: tenant.database });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Changes limits; with `fails`, the transaction comes to nothing after PostgreSQL was changed. */
async function change(limits: LimitChange, fails = false): Promise<void> {
  await controlDb().$transaction(async (db) => {
    const ctx = as("system", { db });
    await changeLimits(ctx, await lockTenant(ctx, tenant.id), limits);
    if (fails) throw new Error("no commit");
  });
}

async function session(): Promise<Record<string, string>> {
  const client = await signIn();
  const { rows } = await client.query(
    `SELECT current_setting('statement_timeout') AS statement, current_setting('work_mem') AS memory,
            current_setting('idle_in_transaction_session_timeout') AS idle`,
  );
  await client.end();
  return rows[0];
}

const none = { statement: "0", memory: "4MB", idle: "0" };

test("PostgreSQL refuses a connection beyond the limit, and new sessions begin with the others", async () => {
  await change({ connections: 1, statementTimeoutSeconds: 30, idleInTransactionSeconds: 60, workMemMb: 8 });
  expect(await session()).toEqual({ statement: "30s", memory: "8MB", idle: "1min" });
  const first = await signIn();
  await expect(signIn()).rejects.toMatchObject({ code: "53300" });
  await first.end();
  const shown = await perform(showTenant, as("viewer"), { id: tenant.id });
  expect(shown.limits).toEqual({
    ...{ connections: 1, statementTimeoutSeconds: 30, idleInTransactionSeconds: 60, workMemMb: 8, storageMb: null },
  });
  const told = await controlDb().tenantActivity.findFirst({ where: { tenantId: tenant.id } });
  expect(told).toMatchObject({
    activityType: "limits_changed",
    description: "1 connection; 30 seconds a statement; 60 seconds idle in a transaction; 8 MiB of work memory",
  });
});

test("what is left out stays, and null takes a limit away", async () => {
  await change({ connections: 5, workMemMb: 8 });
  await change({ connections: null, statementTimeoutSeconds: 5 });
  expect(await session()).toEqual({ ...none, memory: "8MB", statement: "5s" });
  const { rows } = await control.sql("SELECT rolconnlimit FROM pg_roles WHERE rolname = $1", [tenant.role], "postgres");
  expect(rows).toEqual([{ rolconnlimit: -1 }]);
});

test("limits whose server can't be reached are not recorded", async () => {
  const { rows } = await control.sql("SELECT port FROM servers");
  await control.sql("UPDATE servers SET port = 1");
  await expect(change({ connections: 5 })).rejects.toMatchObject({ code: "unavailable" });
  await control.sql("UPDATE servers SET port = $1", [rows[0].port]);
  expect((await perform(showTenant, as("viewer"), { id: tenant.id })).limits.connections).toBeNull();
});

test("limits that were not committed are taken off the server again, and lost ones put back", async () => {
  await expect(change({ connections: 5, workMemMb: 64 }, true)).rejects.toThrow("no commit");
  expect((await session()).memory).toBe("64MB");
  expect(await reconcileStatuses()).toEqual([tenant.slug]);
  expect(await session()).toEqual(none);
  await change({ connections: 5, statementTimeoutSeconds: 30 });
  await control.sql(`ALTER ROLE "${tenant.role}" CONNECTION LIMIT -1`, [], "postgres");
  expect(await reconcileStatuses()).toEqual([tenant.slug]);
  const limit = await control.sql("SELECT rolconnlimit FROM pg_roles WHERE rolname = $1", [tenant.role], "postgres");
  expect(limit.rows).toEqual([{ rolconnlimit: 5 }]);
  await control.sql(`ALTER ROLE "${tenant.role}" IN DATABASE "${tenant.database}" RESET ALL`, [], "postgres");
  expect(await reconcileStatuses()).toEqual([tenant.slug]);
  expect((await session()).statement).toBe("30s");
  expect(await reconcileStatuses()).toEqual([]);
});

test("what a role chose for itself everywhere stays", async () => {
  const client = await signIn();
  await client.query(`ALTER ROLE "${tenant.role}" SET work_mem = '16MB'`);
  await client.end();
  expect(await reconcileStatuses()).toEqual([]);
  expect((await session()).memory).toBe("16MB");
});

test("a change that is under way is not taken for a difference", async () => {
  let compared: string[] | undefined;
  await controlDb().$transaction(
    async (db) => {
      const ctx = as("system", { db });
      await changeLimits(ctx, await lockTenant(ctx, tenant.id), { workMemMb: 8 });
      compared = await reconcileStatuses();
    },
    { timeout: 15_000 },
  );
  expect(compared).toEqual([]);
  expect((await session()).memory).toBe("8MB");
});

test("limits outlast a suspension, and are not changed in a tenant that is going", async () => {
  await change({ connections: 5, workMemMb: 8 });
  await perform(setTenantStatus, asKey("operator"), { id: tenant.id, status: "suspended" });
  await change({ connections: 6 });
  await perform(setTenantStatus, asKey("operator"), { id: tenant.id, status: "active" });
  expect((await session()).memory).toBe("8MB");
  await control.sql("UPDATE tenants SET status = 'deleting' WHERE id = $1", [tenant.id]);
  await expect(change({ connections: 7 })).rejects.toThrow("it is being deleted");
});

test("settings that say nothing sensible of limits say nothing", () => {
  const nothing = {
    ...{
      connections: null,
      statementTimeoutSeconds: null,
      idleInTransactionSeconds: null,
      workMemMb: null,
      storageMb: null,
    },
  };
  for (const settings of [null, {}, { limits: 5 }, { limits: { connections: "many" } }, []])
    expect(limitsOf(settings)).toEqual(nothing);
});

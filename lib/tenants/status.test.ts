import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as, asKey } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { editTenant } from "./edit-tenant";
import { reconcileStatuses } from "./reconcile";
import { setTenantStatus } from "./set-tenant-status";
import { showTenant } from "./show-tenant";

let control: TestControl;
let tenant: TestTenant;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("acme");
  await control.sql(`COMMENT ON ROLE "${tenant.role}" IS 'tenantry:${tenant.id}'`, [], "postgres");
});
afterAll(() => control.close());

const setStatus = (status: "active" | "inactive" | "suspended" | "blocked") =>
  perform(setTenantStatus, asKey("operator"), { id: tenant.id, status, reason: "test" });

async function signInAsTenant(): Promise<pg.Client> {
  const { host, port } = control.access;
  const client = new pg.Client({ host, port, user: tenant.role, password: tenant.password, database: tenant.database });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

test.each(["suspended", "blocked"] as const)(
  "a %s tenant's role can't sign in and its sessions end",
  async (status) => {
    const session = await signInAsTenant();
    const ended = new Promise((resolve) => session.once("end", resolve));
    await setStatus(status);
    await ended;
    await expect(signInAsTenant()).rejects.toMatchObject({ code: "28000" });
    const limit = await control.sql(
      "SELECT datconnlimit FROM pg_database WHERE datname = $1",
      [tenant.database],
      "postgres",
    );
    expect(limit.rows).toEqual([{ datconnlimit: 0 }]);
    expect((await control.sql("SELECT 1 AS one", [], tenant.database)).rows).toEqual([{ one: 1 }]);
    await setStatus("active");
    await (await signInAsTenant()).end();
  },
);

test("a suspended tenant's sessions in other databases end too", async () => {
  const { host, port } = control.access;
  const elsewhere = new pg.Client({ host, port, user: tenant.role, password: tenant.password, database: "postgres" });
  elsewhere.on("error", () => undefined);
  await elsewhere.connect();
  const ended = new Promise((resolve) => elsewhere.once("end", resolve));
  await setStatus("suspended");
  await ended;
  await setStatus("active");
});

test("whoever waits for a tenant that is being changed is told after three seconds", async () => {
  const holder = new pg.Client({ connectionString: control.url });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM tenants WHERE id = $1 FOR UPDATE", [tenant.id]);
  await expect(setStatus("inactive")).rejects.toMatchObject({ code: "conflict", retryAfter: 3 });
  await holder.end();
});

test("a status that can't be enforced is not recorded", async () => {
  const { rows } = await control.sql("SELECT port FROM servers");
  await control.sql("UPDATE servers SET port = 1");
  await expect(setStatus("suspended")).rejects.toMatchObject({ code: "unavailable" });
  await control.sql("UPDATE servers SET port = $1", [rows[0].port]);
  expect((await perform(showTenant, as("viewer"), { id: tenant.id })).status).toBe("active");
});

test("the same status again is a conflict, in words", async () => {
  await expect(setStatus("active")).rejects.toMatchObject({
    code: "conflict",
    message: "The tenant is active already.",
  });
});

test("PostgreSQL is set right when it does not hold to the registry's status", async () => {
  await setStatus("suspended");
  await control.sql(`ALTER ROLE "${tenant.role}" LOGIN`, [], "postgres");
  expect(await reconcileStatuses()).toEqual(["acme"]);
  await expect(signInAsTenant()).rejects.toMatchObject({ code: "28000" });
  expect(await reconcileStatuses()).toEqual([]);
  await setStatus("active");
});

test("a person proves the second factor again, a program's key does not", async () => {
  const input = { id: tenant.id, status: "suspended", reason: "test" } as const;
  await expect(perform(setTenantStatus, as("operator"), input)).rejects.toMatchObject({
    code: "forbidden",
    reason: "step_up_required",
  });
  expect((await perform(showTenant, as("viewer"), { id: tenant.id })).status).toBe("active");
  expect((await setStatus("suspended")).status).toBe("suspended");
  await setStatus("active");
});

test("every change is on the timeline and in the audit trail, in its own transaction", async () => {
  await setStatus("inactive");
  const activity = await controlDb().tenantActivity.findFirst({
    where: { tenantId: tenant.id },
    orderBy: { id: "desc" },
  });
  expect(activity).toMatchObject({
    activityType: "status_changed",
    description: "active → inactive: test",
    actor: "key operator",
  });
  const audit = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(audit).toMatchObject({ operation: "tenants.setStatus", outcome: "done", target: tenant.id });
  await setStatus("active");
});

test("of two edits made from the same version, the second is refused and nothing is lost", async () => {
  const { id, version } = await perform(showTenant, as("viewer"), { id: tenant.id });
  const edits = ["First", "Second"].map((name) => perform(editTenant, as("admin"), { id, version, name }));
  const settled = await Promise.allSettled(edits);
  expect(settled.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = settled.find((one) => one.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "conflict", reason: "stale" });
});

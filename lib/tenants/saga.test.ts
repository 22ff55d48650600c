import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as, asKey } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { adoptTenant } from "./adopt-tenant";
import { createTenant } from "./create-tenant";
import { requeueAbandoned } from "./reconcile";
import { removeTenant } from "./remove-tenant";
import { resumeTenant } from "./resume-tenant";
import { runSaga, stepsOf } from "./saga";
import { setTenantStatus } from "./set-tenant-status";
import type { SagaName, Step } from "./steps";

let control: TestControl;
const clock = systemClock;

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  const { rows } = await control.sql("SELECT database, role FROM tenants WHERE secret <> '' OR adopted");
  for (const { database, role } of rows) {
    await control.sql(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`, [], "postgres");
    await control.sql(`DROP ROLE IF EXISTS "${role}"`, [], "postgres");
  }
  await control.close();
});

const create = (slug: string) => perform(createTenant, as("owner"), { name: slug, slug, serverId: control.serverId });

async function stateOf(id: string) {
  const tenant = await controlDb().tenant.findUniqueOrThrow({
    where: { id },
    include: { steps: { orderBy: { position: "asc" } } },
  });
  const databases = await control.sql("SELECT 1 FROM pg_database WHERE datname = $1", [tenant.database], "postgres");
  const roles = await control.sql("SELECT 1 FROM pg_roles WHERE rolname = $1", [tenant.role], "postgres");
  return { tenant, databases: databases.rowCount, roles: roles.rowCount };
}

/** The process dies: nothing that comes after is recorded, as with kill -9. */
class Killed extends Error {}

function killedAt(saga: SagaName, adopted: boolean, name: string, when: "before" | "after"): Step[] {
  return stepsOf(saga, adopted).map((step) =>
    step.name !== name
      ? step
      : {
          ...step,
          run: async (context) => {
            if (when === "after") await step.run(context);
            throw new Killed();
          },
        },
  );
}

async function crash(id: string, steps: Step[]): Promise<void> {
  await runSaga(id, { clock, steps });
  // A killed process records no failure: the row is as it was while the step ran.
  await control.sql(
    "UPDATE tenant_steps SET status = 'running', error = NULL WHERE tenant_id = $1 AND status = 'failed'",
    [id],
  );
  await control.sql("UPDATE tenants SET status = 'provisioning' WHERE id = $1 AND status = 'failed'", [id]);
}

describe("a tenant being made", () => {
  const cases = stepsOf("provision", false).flatMap((step) => [
    { name: step.name, when: "before" as const },
    { name: step.name, when: "after" as const },
  ]);

  test.each(cases)("is finished after a crash $when $name", async ({ name, when }) => {
    const { id } = await create(`crash-${name.replaceAll("_", "-")}-${when}`);
    await crash(id, killedAt("provision", false, name, when));
    expect((await stateOf(id)).tenant.status).toBe("provisioning");
    await runSaga(id, { clock });
    const state = await stateOf(id);
    expect(state.tenant.status).toBe("active");
    expect(state).toMatchObject({ databases: 1, roles: 1 });
    expect(state.tenant.steps.every((step) => step.status === "done")).toBe(true);
    expect(await controlDb().tenantSchema.findUnique({ where: { tenantId: id } })).toMatchObject({ applied: 2 });
  });

  test("leaves its role with nothing beyond its own database", async () => {
    const { id, role, database } = await create("least-privilege");
    await runSaga(id, { clock });
    const other = await control.makeTenant("neighbour");
    const { rows } = await control.sql(
      `SELECT has_database_privilege($1, $2, 'CONNECT') AS own, rolsuper OR rolcreatedb OR rolcreaterole AS powerful,
              EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid) AS member,
              (SELECT datacl::text LIKE '%,=%' OR datacl::text LIKE '{=%' FROM pg_database WHERE datname = $2) AS public
       FROM pg_roles r WHERE rolname = $1`,
      [role, database],
      "postgres",
    );
    expect(rows[0]).toEqual({ own: true, powerful: false, member: false, public: false });
    expect(other.database).not.toBe(database);
  });

  test("waits for an unreachable server, says so, and is finished when it is back", async () => {
    const { rows } = await control.sql("SELECT port FROM servers");
    await control.sql("UPDATE servers SET port = 1");
    const { id } = await create("server-away");
    await runSaga(id, { clock });
    const waiting = await stateOf(id);
    expect(waiting.tenant.status).toBe("provisioning");
    expect(waiting.tenant.steps[0]).toMatchObject({ status: "pending", attempts: 1 });
    expect(waiting.tenant.steps[0]?.error).toContain("can't be reached: nothing listens there");
    const jobs = await control.sql("SELECT run_at > now() AS later FROM graphile_worker.jobs WHERE key = $1", [
      `saga:${id}`,
    ]);
    expect(jobs.rows).toEqual([{ later: true }]);
    await control.sql("UPDATE servers SET port = $1", [rows[0].port]);
    await runSaga(id, { clock });
    expect((await stateOf(id)).tenant.status).toBe("active");
  });

  test("does a step again by itself when a connection was cut off during it", async () => {
    const { id } = await create("cut-off");
    // PostgreSQL ends the session in which the step asks.
    const cut = stepsOf("provision", false).map((step) => ({
      ...step,
      run: async (context: Parameters<Step["run"]>[0]) => {
        await step.run(context);
        await context.admin.query("SELECT pg_terminate_backend(pg_backend_pid())");
      },
    }));
    await runSaga(id, { clock, steps: cut });
    const waiting = await stateOf(id);
    expect(waiting.tenant.status).toBe("provisioning");
    expect(waiting.tenant.steps[0]).toMatchObject({ status: "pending", attempts: 1 });
    expect(waiting.tenant.steps[0]?.error).toMatch(/tried again/);
    await runSaga(id, { clock });
    expect((await stateOf(id)).tenant.status).toBe("active");
  });

  test("stops at a step that can't succeed, keeps the reason, and goes on when a person asks", async () => {
    const { id, role } = await create("role-taken");
    await control.sql(`CREATE ROLE "${role}"`, [], "postgres");
    await runSaga(id, { clock });
    const failed = await stateOf(id);
    expect(failed.tenant.status).toBe("failed");
    expect(failed.tenant.steps[0]?.error).toContain("was not made for this tenant");
    await runSaga(id, { clock });
    expect((await stateOf(id)).tenant.steps[0]?.attempts).toBe(1);
    await control.sql(`DROP ROLE "${role}"`, [], "postgres");
    await perform(resumeTenant, as("owner"), { id });
    await runSaga(id, { clock });
    expect((await stateOf(id)).tenant.status).toBe("active");
  });

  test("is worked on by one process at a time", async () => {
    const { id } = await create("only-once");
    let runs = 0;
    const steps = stepsOf("provision", false).map((step) => ({
      ...step,
      run: async (context: Parameters<Step["run"]>[0]) => {
        runs++;
        await step.run(context);
      },
    }));
    await Promise.all([1, 2, 3].map(() => runSaga(id, { clock, steps })));
    expect(runs).toBe(steps.length);
    expect((await stateOf(id)).tenant.status).toBe("active");
  });

  test("is taken up again when the worker that had its job was killed", async () => {
    const { id } = await create("abandoned");
    await control.sql(
      "UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'dead', attempts = 1 WHERE key = $1",
      [`saga:${id}`],
    );
    await requeueAbandoned();
    const { rows } = await control.sql("SELECT 1 FROM graphile_worker.jobs WHERE key = $1 AND locked_at IS NULL", [
      `saga:${id}`,
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe("a tenant being purged", () => {
  const cases = stepsOf("remove", false).flatMap((step) => [
    { name: step.name, when: "before" as const },
    { name: step.name, when: "after" as const },
  ]);

  test.each(cases)("leaves nothing behind after a crash $when $name", async ({ name, when }) => {
    const { id, slug } = await create(`gone-${name.replaceAll("_", "-")}-${when}`);
    await runSaga(id, { clock });
    await perform(removeTenant, as("system"), { id, confirm: slug, purge: true });
    await crash(id, killedAt("remove", false, name, when));
    await runSaga(id, { clock });
    const state = await stateOf(id);
    expect(state).toMatchObject({ databases: 0, roles: 0 });
    expect(state.tenant.deletedAt).toBeInstanceOf(Date);
    expect(state.tenant.secret).toBe("");
    await create(slug);
  });

  test("is shut out before the worker comes to it, and can't make itself undeletable", async () => {
    const { id, slug, role, database } = await create("shut-out");
    await runSaga(id, { clock });
    await control.sql(`SET ROLE "${role}"; ALTER DATABASE "${database}" IS_TEMPLATE true`, [], "postgres");
    await perform(removeTenant, as("system"), { id, confirm: slug, purge: true });
    const { rows } = await control.sql("SELECT rolcanlogin FROM pg_roles WHERE rolname = $1", [role], "postgres");
    expect(rows).toEqual([{ rolcanlogin: false }]);
    await runSaga(id, { clock });
    expect(await stateOf(id)).toMatchObject({ databases: 0, roles: 0 });
  });

  test("needs its slug typed", async () => {
    const { id } = await create("typed-slug");
    await runSaga(id, { clock });
    const wrong = perform(removeTenant, as("system"), { id, confirm: "typed-slag" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid", fields: { confirm: "Type typed-slug to confirm." } });
    expect((await stateOf(id)).databases).toBe(1);
  });
});

describe("an adopted database", () => {
  test("keeps its data, its owner and whoever works in it, and outlives its tenant", async () => {
    await control.sql("CREATE ROLE legacy_owner LOGIN PASSWORD 'x'", [], "postgres");
    await control.sql("CREATE DATABASE legacy OWNER legacy_owner", [], "postgres");
    const notes =
      "SET ROLE legacy_owner; CREATE TABLE public_notes (body text); INSERT INTO public_notes VALUES ('kept')";
    await control.sql(notes, [], "legacy");
    const made = await perform(adoptTenant, as("owner"), {
      name: "Legacy",
      slug: "legacy-app",
      serverId: control.serverId,
      database: "legacy",
    });
    await runSaga(made.id, { clock });
    const state = await stateOf(made.id);
    expect(state.tenant.status).toBe("active");
    const rights = await control.sql(
      `SELECT has_table_privilege($1, 'public_notes', 'SELECT, INSERT') AS mine,
              has_database_privilege('legacy_owner', 'legacy', 'CONNECT') AS theirs,
              has_database_privilege('pg_monitor', 'legacy', 'CONNECT') AS anybody`,
      [made.role],
      "legacy",
    );
    expect(rights.rows[0]).toEqual({ mine: true, theirs: true, anybody: false });
    await control.sql("ALTER DATABASE legacy CONNECTION LIMIT 7", [], "postgres");
    await perform(setTenantStatus, asKey("owner"), { id: made.id, status: "suspended" });
    await perform(removeTenant, as("system"), { id: made.id, confirm: "legacy-app", purge: true });
    await runSaga(made.id, { clock });
    const after = await stateOf(made.id);
    expect(after).toMatchObject({ databases: 1, roles: 0 });
    const limit = await control.sql("SELECT datconnlimit FROM pg_database WHERE datname = 'legacy'", [], "postgres");
    expect(limit.rows).toEqual([{ datconnlimit: 7 }]);
    expect((await control.sql("SELECT body FROM public_notes", [], "legacy")).rows).toEqual([{ body: "kept" }]);
    await control.sql("DROP DATABASE legacy WITH (FORCE)", [], "postgres");
    await control.sql("DROP ROLE legacy_owner", [], "postgres");
  });

  test.each(["postgres", "template1", "no_such_database"])("is never %s", async (database) => {
    const attempt = perform(adoptTenant, as("owner"), {
      name: "X",
      slug: "not-this-one",
      serverId: control.serverId,
      database,
    });
    await expect(attempt).rejects.toBeInstanceOf(AppError);
  });
});

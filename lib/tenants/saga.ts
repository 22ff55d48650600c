import pg from "pg";
import { enqueue } from "@/lib/jobs/enqueue";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb, type Db, type Prisma } from "@/lib/platform/prisma";
import { faultWords, isTransient } from "@/lib/platform/transient";
import { serverAccess } from "@/lib/servers/access";
import { announceTenant, recordActivity } from "./activity";
import { adoptSteps } from "./adopt-steps";
import { holdHosts, wakeClaims } from "./domain";
import { provisionSteps } from "./provision-steps";
import { removeSteps } from "./remove-steps";
import type { SagaName, Step } from "./steps";

export const sagaTask = "tenant-saga";

type TenantWithServer = Prisma.TenantGetPayload<{ include: { server: true } }>;

/** The steps of a saga, in order. */
export function stepsOf(saga: SagaName, adopted: boolean): readonly Step[] {
  if (saga === "remove") return removeSteps(adopted);
  return saga === "adopt" ? adoptSteps : provisionSteps;
}

/** Which saga a tenant is in, if any: its status says so. */
export function sagaOf(tenant: { status: string; adopted: boolean }): SagaName | undefined {
  if (tenant.status === "deleting") return "remove";
  if (tenant.status !== "provisioning") return undefined;
  return tenant.adopted ? "adopt" : "provision";
}

/** Writes down a saga's steps and queues its work, in the transaction that begins it. */
export async function beginSaga(db: Db, tenantId: string, saga: SagaName, adopted: boolean): Promise<void> {
  const steps = stepsOf(saga, adopted).map((step, position) => ({ tenantId, saga, position, name: step.name }));
  await db.tenantStep.createMany({ data: steps, skipDuplicates: true });
  await queueSaga(db, tenantId);
}

/** Queues the next attempt at a tenant's saga. */
export async function queueSaga(db: Db, tenantId: string, runAt?: Date): Promise<void> {
  await enqueue(db, sagaTask, { tenantId }, { key: `saga:${tenantId}`, ...(runAt && { runAt }) });
}

export type SagaOptions = {
  clock: Clock;
  /** Replaces the declared steps: the tests make them fail. */
  steps?: readonly Step[];
};

/**
 * Does what is left of a tenant's saga. Only one process at a time works on a tenant: the lock is a session's,
 * so that it goes with a process that is killed. Unreachable servers are tried again later; other failures are
 * kept with the step and wait for a person.
 */
export async function runSaga(tenantId: string, options: SagaOptions): Promise<void> {
  const lock = new pg.Client({ connectionString: env().DATABASE_URL, connectionTimeoutMillis: 5000 });
  lock.on("error", (error) => log().warn({ error: error.message }, "a saga's lock was lost"));
  await lock.connect();
  try {
    const { rows } = await lock.query("SELECT pg_try_advisory_lock(hashtextextended($1, 1)) AS held", [tenantId]);
    if (rows[0]?.held) await continueSaga(tenantId, options);
  } finally {
    await lock.end();
  }
}

async function continueSaga(tenantId: string, options: SagaOptions): Promise<void> {
  const tenant = await controlDb().tenant.findUnique({ where: { id: tenantId }, include: { server: true } });
  const saga = tenant && sagaOf(tenant);
  if (!tenant || !saga || tenant.deletedAt) return;
  const rows = await controlDb().tenantStep.findMany({ where: { tenantId, saga }, orderBy: { position: "asc" } });
  const steps = options.steps ?? stepsOf(saga, tenant.adopted);
  for (const row of rows.filter((one) => one.status !== "done")) {
    const step = steps.find((one) => one.name === row.name);
    if (!step) throw new Error(`The saga ${saga} has no step ${row.name}.`);
    const where = { tenantId_saga_position: { tenantId, saga, position: row.position } };
    if (!(await attempt(tenant, step, where, options.clock))) return;
  }
  await finish(tenant, saga, options.clock);
}

type StepKey = { tenantId_saga_position: { tenantId: string; saga: string; position: number } };

async function attempt(tenant: TenantWithServer, step: Step, where: StepKey, clock: Clock): Promise<boolean> {
  const started = { status: "running", attempts: { increment: 1 }, startedAt: clock(), finishedAt: null } as const;
  const { attempts } = await controlDb().tenantStep.update({ where, data: started });
  await announceTenant(controlDb(), tenant.id);
  try {
    const server = await serverAccess(tenant.server);
    await withAdmin(server, (admin) => step.run({ admin, server, tenant }));
    await controlDb().tenantStep.update({ where, data: { status: "done", error: null, finishedAt: clock() } });
    return true;
  } catch (error) {
    await recordFailure(tenant, step, where, attempts, error, clock);
    return false;
  }
}

async function recordFailure(
  tenant: TenantWithServer,
  step: Step,
  where: StepKey,
  attempts: number,
  error: unknown,
  clock: Clock,
): Promise<void> {
  // Also when the control database was gone for a moment: the step is done again, and finds what it has done.
  const passing = isTransient(error) || (error instanceof AppError && error.code === "unavailable");
  const told = error instanceof Error ? error.message : String(error);
  const message = passing ? (faultWords(error) ?? told) : told;
  log().warn({ tenant: tenant.slug, step: step.name, error: told }, "a step failed");
  const wait = Math.min(15, 2 ** Math.min(attempts, 4));
  await controlDb().$transaction(async (db) => {
    const text = passing ? `${message} It is tried again until the server is back.` : message;
    await db.tenantStep.update({
      where,
      data: { status: passing ? "pending" : "failed", error: text, finishedAt: clock() },
    });
    if (passing) await queueSaga(db, tenant.id, new Date(clock().getTime() + wait * 1000));
    else await giveUp(db, tenant, step, message, clock);
    await announceTenant(db, tenant.id);
  });
}

/** A tenant being made is marked failed; one being deleted stays so: it must not come back half gone. */
async function giveUp(db: Db, tenant: TenantWithServer, step: Step, message: string, clock: Clock): Promise<void> {
  if (tenant.status === "provisioning") {
    await db.tenant.update({ where: { id: tenant.id }, data: { status: "failed", statusReason: message } });
  }
  const description = `${step.label} failed: ${message}`;
  await recordActivity(systemWitness(db, clock), { tenantId: tenant.id, type: "step_failed", description });
}

async function finish(tenant: TenantWithServer, saga: SagaName, clock: Clock): Promise<void> {
  await controlDb().$transaction(async (db) => {
    const witness = systemWitness(db, clock);
    if (saga === "remove") {
      await freeDomains(db, tenant.id, clock());
      await db.tenantUsageLatest.deleteMany({ where: { tenantId: tenant.id } });
      await db.tenantRequestCounter.deleteMany({ where: { tenantId: tenant.id } });
      await db.tenant.update({ where: { id: tenant.id }, data: { deletedAt: clock(), secret: "" } });
      await recordActivity(witness, { tenantId: tenant.id, type: "deleted", description: "Deleted" });
    } else {
      await db.tenant.update({
        where: { id: tenant.id },
        data: { status: "active", statusReason: null, version: { increment: 1 } },
      });
      await recordActivity(witness, {
        tenantId: tenant.id,
        type: "provisioned",
        description: "Ready: its database answers",
      });
    }
    await announceTenant(db, tenant.id);
  });
}

async function freeDomains(db: Db, tenantId: string, now: Date): Promise<void> {
  const domains = await db.domain.findMany({ where: { tenantId } });
  const proven = domains.flatMap(({ hostname, verifiedAt }) => (verifiedAt ? hostname : []));
  await holdHosts(db, proven);
  await db.domain.deleteMany({ where: { tenantId } });
  await wakeClaims(db, proven, now);
}

function systemWitness(db: Db, clock: Clock) {
  return { db, now: clock, actor: { kind: "system", name: "worker" } as const, ipAddress: null, userAgent: null };
}

import { takeBack } from "@/lib/bulk/abandoned";
import { announceRun, queueRun } from "@/lib/bulk/queue";
import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { quoteName, withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import { type ActivityType, recordActivity } from "@/lib/tenants/activity";
import { setRight } from "@/lib/tenants/reconcile";
import { resumeTenant } from "@/lib/tenants/resume-tenant";
import { queueSaga } from "@/lib/tenants/saga";
import type { Finding } from "./contract";
import { type RuleName, rules } from "./rules";

/** Mends one finding and says what was done. Doing it twice comes to the same. */
export type Mend = (ctx: Ctx, finding: Finding) => Promise<string>;

type Mendable = { [Name in RuleName]: (typeof rules)[Name]["mendable"] extends true ? Name : never }[RuleName];

/** What mends each mendable rule; each in transactions of its own, so that one that fails undoes no other. */
export const mends: Record<Mendable, Mend> = {
  "wrong-owner": giveBack,
  "status-open": (ctx, finding) => enforce(ctx, finding, "status_changed", "PostgreSQL holds to its status again"),
  "status-shut": (ctx, finding) => enforce(ctx, finding, "status_changed", "PostgreSQL holds to its status again"),
  "limits-differ": (ctx, finding) => enforce(ctx, finding, "limits_changed", "PostgreSQL holds to its limits again"),
  "step-failed": resume,
  "step-stuck": async (_, { subject }) => {
    await queueSaga(controlDb(), subject.id);
    return "Its steps were queued again.";
  },
  "lease-dead": requeue,
  "run-stuck": requeue,
};

/** Whether a rule's findings can be mended. */
export function isMendable(rule: RuleName): rule is Mendable {
  return rules[rule].mendable;
}

async function enforce(ctx: Ctx, { subject }: Finding, type: ActivityType, words: string): Promise<string> {
  const tenant = await controlDb().tenant.findUniqueOrThrow({ where: { id: subject.id }, include: { server: true } });
  const access = await serverAccess(tenant.server);
  const changed = await withAdmin(access, (admin) => setRight(admin, access, subject.id));
  if (!changed)
    throw new AppError("conflict", "Somebody changes this tenant right now, or its role may not connect. Try again.");
  await tell(ctx, subject.id, type, words);
  return `${words}.`;
}

async function giveBack(ctx: Ctx, { subject }: Finding): Promise<string> {
  const tenant = await controlDb().tenant.findUniqueOrThrow({ where: { id: subject.id }, include: { server: true } });
  const { database, role } = tenant;
  await withAdmin(await serverAccess(tenant.server), async (admin) => {
    await admin.query(`ALTER DATABASE ${quoteName(database)} OWNER TO ${quoteName(role)}`);
  });
  await tell(ctx, subject.id, "edited", `The database was given back to the role ${role}`);
  return `The database ${database} belongs to ${role} again.`;
}

async function resume(ctx: Ctx, { subject }: Finding): Promise<string> {
  await controlDb().$transaction(async (db) => await resumeTenant.run({ ...ctx, db, note: {} }, { id: subject.id }));
  return "The step is tried again by the next worker that is free.";
}

async function requeue({ now }: Ctx, { subject }: Finding): Promise<string> {
  const taken = await takeBack(subject.id, now());
  await queueRun(controlDb(), subject.id);
  await announceRun(controlDb(), subject.id);
  return `${taken} items were taken back, and the run was queued.`;
}

async function tell(ctx: Ctx, tenantId: string, type: ActivityType, words: string): Promise<void> {
  const description = `Mended after a diagnosis: ${words}`;
  await recordActivity({ ...ctx, db: controlDb() }, { tenantId, type, description });
}

import { z } from "zod";
import { systemContext } from "@/lib/gate/context";
import { controlDb, Prisma } from "@/lib/platform/prisma";
import { lockTenant } from "@/lib/tenants/find";
import { beginPurge, finishPurge } from "@/lib/tenants/purge";
import { type ItemWork, type Outcome, serverAction, usual } from "../action";

export const purge = serverAction({
  name: "purge",
  title: "Purge",
  summary: "Purge deleted tenants now: their databases and roles are dropped, with no way back.",
  group: "removal",
  danger: "destructive",
  permission: "tenants:purge",
  input: z.object({}),
  words: () => "Purge",
  preview: () => ({
    leaveOut: Prisma.sql`CASE t.status::text WHEN 'deleted' THEN NULL
      WHEN 'deleting' THEN 'It is being purged already.'
      ELSE 'Only deleted tenants are purged: it is ' || t.status::text || '.' END`,
    warnings: [
      Prisma.sql`'It could be restored until ' || to_char(t.purge_after AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
      Prisma.sql`CASE WHEN t.adopted THEN 'Its database was adopted and stays where it is' END`,
    ],
  }),
  radius: () => ["Their databases, with everything in them, and their roles are dropped. This can't be undone."],
  defaults: { ...usual, concurrency: 4, timeoutSeconds: 300, failureBudget: { count: 0 } },
  activity: "deleted",
  gone: true,
  run: async (work) => {
    const left = await begin(work);
    if (left) return left;
    await finishPurge(work.tenant.id, work.now, work.signal);
    return { status: "done", words: "Purged" };
  },
});

/** Begins the removal, once: a second attempt finds it begun. An outcome where there is nothing to finish. */
async function begin({ tenant: { id }, run, by, now, signal }: ItemWork): Promise<Outcome | undefined> {
  const { deletedAt } = await controlDb().tenant.findUniqueOrThrow({ where: { id }, select: { deletedAt: true } });
  if (deletedAt) return { status: "done", words: "Purged" };
  return await controlDb().$transaction(async (db) => {
    const ctx = { ...systemContext(by, db, now, run.id, signal), bulkRun: run.id };
    const tenant = await lockTenant(ctx, id);
    if (tenant.status === "deleting") return undefined;
    if (tenant.status !== "deleted")
      return { status: "skipped" as const, words: `It is ${tenant.status} now: only deleted tenants are purged.` };
    await beginPurge(ctx, tenant);
    return undefined;
  });
}

import { z } from "zod";
import { Prisma } from "@/lib/platform/prisma";
import { changedLimits, changeLimits, type LimitChange } from "@/lib/tenants/change-limits";
import { limitNames, limitsOf, limitWords } from "@/lib/tenants/limits";
import { tenantLimits } from "@/lib/tenants/shapes";
import { quick, registryAction } from "../action";
import { unsettled } from "../left-out";

const { connections, statementTimeoutSeconds, idleInTransactionSeconds, workMemMb, storageMb } = tenantLimits.shape;
const own = "for new sessions, which may change it for themselves; null takes it away";

const input = z
  .object({
    connections: connections.optional().meta({
      title: "Connections",
      description: "at the same time, not counting those that are open now; null takes the limit away",
    }),
    statementTimeoutSeconds: statementTimeoutSeconds
      .optional()
      .meta({ title: "Statement timeout", description: `seconds, ${own}` }),
    idleInTransactionSeconds: idleInTransactionSeconds
      .optional()
      .meta({ title: "Idle in transaction", description: `seconds, ${own}` }),
    workMemMb: workMemMb.optional().meta({ title: "Work memory", description: `MiB, ${own}` }),
    storageMb: storageMb.optional().meta({
      title: "Storage",
      description: "MiB on disk; watched and forecast, but PostgreSQL does not enforce it; null takes it away",
    }),
  })
  .refine((change) => limitNames.some((name) => change[name] !== undefined), {
    error: "Name at least one limit to set or take away.",
    path: ["connections"],
  });

const savedShape = z.object({ before: tenantLimits.partial(), left: tenantLimits.partial() });

export const setLimits = registryAction({
  name: "set-limits",
  title: "Set limits",
  summary: "Set limits that PostgreSQL itself holds tenants' roles to, and one of storage that is watched.",
  group: "settings",
  danger: "disruptive",
  permission: "tenants:update",
  input,
  words: (change) => `Set limits: ${wordsOf(change)}`,
  preview: (change) => ({
    leaveOut: Prisma.sql`CASE WHEN ${hasThem(change)} THEN ${already}::text ELSE ${unsettled} END`,
    warnings: change.connections ? [tooMany(change.connections)] : [],
  }),
  radius: ({ connections, storageMb, ...sessions }) => [
    ...(connections === undefined ? [] : ["The limit of connections holds from now on; what is open stays open."]),
    ...(storageMb === undefined
      ? []
      : ["The limit of storage is watched and forecast; PostgreSQL does not enforce it."]),
    ...(Object.values(sessions).every((value) => value === undefined)
      ? []
      : ["The other limits are what new sessions begin with: a session may change them for itself."]),
  ],
  defaults: quick,
  run: async (ctx, tenant, change) => {
    const changed = changedLimits(tenant, change);
    if (changed.length === 0) return { status: "skipped", words: already };
    const was = limitsOf(tenant.settings);
    const left = limitsOf((await changeLimits(ctx, tenant, change)).settings);
    const only = (limits: LimitChange) => Object.fromEntries(changed.map((name) => [name, limits[name] ?? null]));
    return { status: "done", words: wordsOf(only(left)), saved: { before: only(was), left: only(left) } };
  },
  undo: {
    words: (change) => `Undo: set limits: ${wordsOf(change)}`,
    run: async (ctx, tenant, saved) => {
      const { before, left } = savedShape.parse(saved);
      if (changedLimits(tenant, left).length > 0)
        return { status: "skipped", words: "Somebody changed these limits since." };
      await changeLimits(ctx, tenant, before);
      return { status: "done", words: wordsOf(before) };
    },
  },
});

const already = "It has these limits already.";

function wordsOf(change: LimitChange): string {
  const named = limitNames.filter((name) => change[name] !== undefined);
  return named.map((name) => limitWords(name, change[name] ?? null)).join("; ");
}

/** Whether the registry has every limit as it would be. */
function hasThem(change: LimitChange): Prisma.Sql {
  const parts = limitNames
    .filter((name) => change[name] !== undefined)
    .map(
      (name) =>
        Prisma.sql`(t.settings #>> ${["limits", name]}::text[]) IS NOT DISTINCT FROM ${change[name]?.toString() ?? null}::text`,
    );
  return Prisma.join(parts, " AND ");
}

function tooMany(connections: number): Prisma.Sql {
  return Prisma.sql`CASE WHEN u.connections > ${connections}::int THEN 'It has ' || u.connections || ' connections open, more than the limit' END`;
}

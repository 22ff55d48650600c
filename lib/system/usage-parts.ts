import { partitionsOf } from "@/lib/history/partitions";
import { keptTables } from "@/lib/history/spans";
import { staleSeconds } from "@/lib/kernel/metrics";
import { controlDb } from "@/lib/platform/prisma";
import { type Asked, type Found, many, type PartRule, spanWords } from "./part";

const dayMs = 86_400_000;
const lagSeconds = { degraded: 300, down: 3600 };

/** Partitions made ahead, and the roll-ups of usage. */
export const usageParts: readonly PartRule[] = [
  { name: "partitions", label: "Partitions made ahead", measured: "pg_inherits", look: partitions },
  { name: "roll-ups", label: "Roll-ups of usage", measured: "usage_rollups.until", look: rollUps },
];

/** A part for each server: the age of its collector's last round. */
export async function collectorParts(db: Asked["db"]): Promise<PartRule[]> {
  const servers = await db.server.findMany({ where: { removedAt: null }, orderBy: { name: "asc" } });
  return servers.map(({ id, name, lastTickAt, lastError, lastErrorAt }) => ({
    name: `server:${id}`,
    label: `Server ${name}`,
    measured: "the age of its collector's last round, which comes each 2 s",
    look: async ({ now }) => {
      const seconds = lastTickAt === null ? null : Math.max(0, (now().getTime() - lastTickAt.getTime()) / 1000);
      const figures = { lastTickSeconds: seconds === null ? null : Math.round(seconds * 10) / 10 };
      if (lastError !== null) return { state: "down", words: lastError, since: lastErrorAt, figures };
      if (seconds === null) return { state: "unknown", words: "It was never measured.", figures };
      if (seconds > staleSeconds)
        return { state: "degraded", words: `No figures for ${spanWords(seconds)}.`, since: lastTickAt, figures };
      return { state: "ok", words: `Measured ${spanWords(seconds)} ago.`, figures };
    },
  }));
}

async function partitions({ now }: Asked): Promise<Found> {
  const until = await Promise.all(
    keptTables.map(async (kept) => ({
      table: kept.table,
      after: (await partitionsOf(controlDb(), kept)).at(-1)?.after,
    })),
  );
  const day = now().getTime();
  const missing = until.filter(({ after }) => (after?.getTime() ?? 0) <= day);
  const soon = until.filter(({ after }) => (after?.getTime() ?? 0) <= day + dayMs);
  const earliest = Math.min(...until.map(({ after }) => after?.getTime() ?? 0));
  const figures = { tables: until.length, until: earliest === 0 ? null : new Date(earliest).toISOString() };
  const names = (of: typeof until) => of.map(({ table }) => table).join(", ");
  if (missing.length > 0)
    return {
      state: "down",
      words: `None for today: ${names(missing)}. What comes in goes into the default one.`,
      figures,
    };
  if (soon.length > 0) return { state: "degraded", words: `None for tomorrow: ${names(soon)}.`, figures };
  return { state: "ok", words: `${many(until.length, "table")} ready for tomorrow and after.`, figures };
}

async function rollUps({ db, now }: Asked): Promise<Found> {
  const minute = await db.usageRollup.findUnique({ where: { level: "minute" } });
  if (!minute) {
    const measured = await db.server.count({ where: { removedAt: null, lastTickAt: { not: null } } });
    if (measured === 0) return { state: "ok", words: "Nothing was measured yet." };
    return { state: "unknown", words: "Nothing was rolled up yet." };
  }
  const seconds = Math.max(0, (now().getTime() - minute.until.getTime()) / 1000);
  const late = await db.usageLateMinute.count();
  const figures = { lagSeconds: Math.round(seconds), lateMinutes: late, lastTookMs: minute.tookMs };
  const state = seconds > lagSeconds.down ? "down" : seconds > lagSeconds.degraded ? "degraded" : "ok";
  const since = state === "ok" ? null : minute.until;
  return { state, words: `Minutes are rolled up to ${spanWords(seconds)} ago.`, since, figures };
}

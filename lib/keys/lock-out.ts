import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { admits, type Rule } from "./rules";

/** Holds the rules until the transaction ends: two changes that are harmless alone must not lock out together. */
export async function lockRules(ctx: Ctx): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('tenantry ip rules', 0))`;
}

/** Throws when these rules would keep out the very person, or program, that makes them. */
export function refuseLockOut({ actor, ipAddress }: Ctx, rules: readonly Rule[]): void {
  if (actor.kind === "system") return;
  const area = actor.kind === "key" ? "api" : "console";
  if (admits(rules, area, ipAddress)) return;
  const where = area === "api" ? "the API" : "the console";
  const network = `This would keep ${ipAddress ?? "your address"}, from which you ask, out of ${where}. Allow it first.`;
  throw new AppError("conflict", "This would lock you out; nothing was changed.", { fields: { network } });
}

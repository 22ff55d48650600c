import { AppError } from "@/lib/kernel/errors";
import { sqlState } from "@/lib/platform/postgres";
import { admit } from "./refusal";
import type { Resolver } from "./resolve";

/** SQLSTATEs that speak of the connection or the right to it, and not of the statement. */
const lost = new Set([
  ...["57P01", "57P02", "57P03", "57P05", "53300", "28000", "28P01", "3D000"],
  // What poolers say, whatever happened to the server behind them.
  ...["08P01", "08000", "08001", "08003", "08006"],
]);
const network = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "unreachable", "pool_changed", "pooler"]);

/**
 * What to tell about a failure: when PostgreSQL withdrew the connection, the tenant's newest status is the reason if
 * it is not active any more; otherwise `unavailable`. Every other error is passed on as it is.
 */
export async function explainLoss(error: unknown, tenantId: string, resolver: Resolver): Promise<unknown> {
  if (!isLoss(error)) return error;
  resolver.changed(tenantId);
  try {
    admit(await resolver.byId(tenantId));
  } catch (refusal) {
    return refusal;
  }
  if (error instanceof AppError) return error;
  return new AppError("unavailable", "The connection to the database was lost. Try again.", {
    cause: error,
    retryAfter: 1,
    reason: "connection",
  });
}

function isLoss(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "unavailable" && known(error.reason);
  if (!(error instanceof Error)) return false;
  const code = sqlState(error) ?? ("code" in error ? String(error.code) : undefined);
  return known(code) || /^Connection terminated|^Client (was closed|has encountered)/.test(error.message);
}

function known(code: string | undefined): boolean {
  return code !== undefined && (lost.has(code) || network.has(code));
}

import { addressIn, parseCidr } from "@/lib/kernel/addresses";
import { AppError } from "@/lib/kernel/errors";
import type { Reading } from "@/lib/platform/quick-db";

export type Area = "console" | "api";

export type Rule = { network: string; action: string; area: string };

/**
 * Whether an address may reach an area. A rule that denies wins; once something is allowed, all else is not. An address
 * that is not known is in no network. A rule that can't be read denies everybody rather than nobody.
 */
export function admits(rules: readonly Rule[], area: Area, address: string | null): boolean {
  const concerned = rules.filter((rule) => rule.area === area || rule.area === "both");
  const matches = (rule: Rule): boolean => {
    const read = parseCidr(rule.network);
    return read.ok ? address !== null && addressIn([read.range], address) : rule.action === "deny";
  };
  if (concerned.some((rule) => rule.action === "deny" && (address === null || matches(rule)))) return false;
  const allowed = concerned.filter((rule) => rule.action === "allow");
  return allowed.length === 0 || allowed.some(matches);
}

/** Throws `forbidden` when the rules in force keep an address out of an area. */
export async function checkAddress(db: Reading, area: Area, address: string | null): Promise<void> {
  requireAdmitted(await db.$queryRaw<Rule[]>`SELECT network, action, area FROM ip_rules`, area, address);
}

/** Throws `forbidden` when rules keep an address out of an area. */
export function requireAdmitted(rules: readonly Rule[], area: Area, address: string | null): void {
  if (admits(rules, area, address)) return;
  const where = area === "console" ? "the console" : "the API";
  throw new AppError("forbidden", `Your address, ${address ?? "which is not known"}, may not reach ${where}.`, {
    reason: "address_refused",
  });
}

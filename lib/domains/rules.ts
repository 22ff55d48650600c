import type { DomainState } from "./contract";

/** What a look at DNS found: `unknown` says nothing about the domain, since DNS itself did not answer. */
export type Look = { seen: "there" } | { seen: "gone" | "unknown"; words: string };

/** A verified domain is lost when so many looks in a row did not find its record. */
export const lostAfter = 3;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const longestMs = 6 * hourMs;

/** Nine looks take eight hours, the others come every six: thirty days in all. */
export const mostLooks = 128;

export type Standing = { verifiedAt: Date | null; verifiedBy: string | null; checks: number };

/** Where a domain stands; `taken`: another tenant has proven it. */
export function stateOf({ verifiedAt, verifiedBy, checks }: Standing, taken: boolean): DomainState {
  if (verifiedAt === null) return taken ? "taken" : "pending";
  return verifiedBy === "dns" && checks >= lostAfter ? "lost" : "verified";
}

/** What a look changes in a domain's row. `asked`: a person wanted it, which neither counts as a miss nor as a try. */
export function afterLook(before: Standing, look: Look, now: Date, asked: boolean) {
  const next = (ms: number | null) => (ms === null ? null : new Date(now.getTime() + ms));
  const checkError = look.seen === "there" ? null : look.words;
  const { checks, wait } = before.verifiedAt === null ? pending(before, look, asked) : verified(before, look, asked);
  const proven = look.seen === "there" ? { verifiedAt: before.verifiedAt ?? now, verifiedBy: "dns" } : {};
  return { checkedAt: now, checkError, checks, nextCheckAt: next(wait), ...proven };
}

type Next = { checks: number; wait: number | null };

function pending({ checks: before }: Standing, { seen }: Look, asked: boolean): Next {
  if (seen === "there") return { checks: 0, wait: dayMs };
  const checks = asked ? 1 : before + 1;
  return { checks, wait: checks >= mostLooks ? null : Math.min(longestMs, minuteMs * 2 ** (checks - 1)) };
}

function verified({ checks: before, verifiedBy }: Standing, { seen }: Look, asked: boolean): Next {
  if (seen === "there") return { checks: 0, wait: dayMs };
  if (verifiedBy !== "dns") return { checks: 0, wait: null };
  if (seen === "unknown") return { checks: before, wait: hourMs };
  const checks = asked ? before : before + 1;
  return { checks, wait: checks >= lostAfter ? dayMs : longestMs };
}

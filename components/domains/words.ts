import type { DomainDetail, DomainState } from "@/lib/domains/contract";

/** How a domain's state is shown. */
export const domainStates = {
  verified: { word: "Verified", tone: "ok" },
  pending: { word: "Pending", tone: "info" },
  lost: { word: "Lost", tone: "warn" },
  taken: { word: "Taken", tone: "bad" },
} as const satisfies Record<DomainState, { word: string; tone: string }>;

/** What a domain's state means for the people who use it. */
export function meaning({ state, verifiedBy }: Pick<DomainDetail, "state" | "verifiedBy">): string {
  if (state === "pending") return "It does not answer yet: its TXT record has to be seen first.";
  if (state === "taken")
    return "Another tenant has proven this domain: it can't be proven here until it is removed there.";
  if (state === "lost")
    return "Its TXT record is gone. It goes on answering; put the record back, or remove the domain.";
  return verifiedBy === "hand"
    ? "Somebody vouched for it; DNS is not asked."
    : "Proven by its TXT record, which must stay.";
}

/** A host name as somebody may paste it, without the scheme, the path and the spaces around it. */
export function bareHost(pasted: string): string {
  const [host = ""] = pasted
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .split(/[/?#]/);
  return host.trim();
}

/** How long it is until something happens. */
export function until(time: string, now: number): string {
  const seconds = Math.round((Date.parse(time) - now) / 1000);
  if (seconds < 20) return "in a moment";
  if (seconds < 60) return `in ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `in ${minutes} min`;
  return `in ${Math.round(minutes / 60)} h`;
}

import { visitsPrefix } from "@/client/kept-visits";

/** Of what kind a place is that was visited: decides which right it takes to see it. */
export const visitKinds = ["tenant", "run", "report"] as const;
export type VisitKind = (typeof visitKinds)[number];

/** Something that was looked at of late. */
type Visit = { kind: VisitKind; href: string; label: string };

const most = 8;

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = (user: string) => `${visitsPrefix}${user}`;

/** What this user looked at of late in this browser, newest first. Nothing where the browser keeps nothing. */
export function recentVisits(store: Store, user: string): Visit[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(keyOf(user)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isVisit) : [];
  } catch {
    return [];
  }
}

/** Notes a visit: the newest comes first, each place once. */
export function noteVisit(store: Store, user: string, made: Visit): void {
  const others = recentVisits(store, user).filter(({ href }) => href !== made.href);
  write(store, user, [made, ...others].slice(0, most));
}

/** Takes a place out that is not there any more. */
export function forgetVisit(store: Store, user: string, href: string): void {
  const kept = recentVisits(store, user).filter((each) => each.href !== href);
  write(store, user, kept);
}

function write(store: Store, user: string, visits: readonly Visit[]): void {
  try {
    store.setItem(keyOf(user), JSON.stringify(visits));
  } catch {
    // A browser that keeps nothing, or has no room left, has no recent places: nothing else is lost.
  }
}

// By hand: this is a part of every page, and zod is not.
function isVisit(kept: unknown): kept is Visit {
  const { kind, href, label } = Object(kept) as Partial<Record<keyof Visit, unknown>>;
  return visitKinds.some((each) => each === kind) && isPath(href) && typeof label === "string";
}

function isPath(href: unknown): boolean {
  return typeof href === "string" && /^\/[^/\\]/.test(href);
}

import { AppError } from "@/lib/kernel/errors";
import { setCookie } from "./cookie";
import type { Visit } from "./request";
import type { Support, Visitor } from "./support";

/** The cookie in which a browser holds a support session; on HTTPS `setCookie` puts `__Host-` before it. */
export const supportCookie = "tenantry_support";

/** Where a tenant's app takes support links, and where a session is left. */
const supportPaths = { enter: "/.tenantry/support", leave: "/.tenantry/support/leave" } as const;

/** Whether a path, without what led to the tenant, is one of them. */
export function isSupportPath(path: string): boolean {
  return path === supportPaths.enter || path === supportPaths.leave;
}

type Asked = Visitor & {
  method: string;
  /** The request's path without what led to the tenant, such as a prefix. */
  path: string;
  query: URLSearchParams;
  /** What the browser sent as the support cookie; a neighbouring host's may be among them. */
  cookies: readonly string[];
  /** Whether the request comes from a page of this very host: see `fromOwnPage`. */
  own: boolean;
  tenantId: string;
  /** Whether the browser speaks HTTPS with us. */
  secure: boolean;
  /** Where the app begins: "/", or a tenant's path prefix with a slash at its end. */
  home: string;
};

/** An answer without a body. */
export type DoorAnswer = { status: 303 | 405; headers: Record<string, string> };

/**
 * Answers requests to the paths of support access; null for every other path. Throws what `redeem` throws. Leaving
 * is a POST from one of the app's own pages: SameSite=Lax keeps other sites from doing it for somebody, but another
 * tenant's host under the same base domain is no other site.
 */
export async function answerSupport(support: Support, asked: Asked): Promise<DoorAnswer | null> {
  const { method, path, query, cookies, tenantId, address, agent } = asked;
  if (path === supportPaths.enter) {
    if (method !== "GET") return notAllowed("GET");
    const token = query.get("token");
    if (!token) throw new AppError("forbidden", "This link lacks its token. Make a new one in the console.");
    const entered = await support.redeem({ token, tenantId, address, agent });
    return home(asked, entered.cookie);
  }
  if (path !== supportPaths.leave) return null;
  if (method !== "POST") return notAllowed("POST");
  if (!asked.own) throw new AppError("forbidden", "Leave with the button of this app's own page.");
  for (const cookie of cookies) await support.end(cookie, tenantId, { address, agent });
  return home(asked, null);
}

/** Whether a page of the same origin, or no page at all, sent a request: by what browsers say and no page can change. */
export function fromOwnPage(visit: Visit): boolean {
  const site = visit.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  // Older browsers, and all of them on plain HTTP.
  const own = `${visit.https() ? "https" : "http"}://${visit.host}`;
  return URL.canParse(own) && new URL(own).origin === visit.header("origin");
}

/** On to the app's first page, so that no token stays in the address bar, a history or a Referer. */
function home({ home: path, secure }: Asked, cookie: string | null): DoorAnswer {
  // It ends with the browser's session at the latest; the session itself ends by the registry's word.
  const set = setCookie(supportCookie, cookie ?? "", { secure, path, ...(cookie === null && { seconds: 0 }) });
  return { status: 303, headers: { location: path, "set-cookie": set, ...unseen } };
}

const unseen = { "referrer-policy": "no-referrer", "cache-control": "no-store" };

function notAllowed(allow: string): DoorAnswer {
  return { status: 405, headers: { allow, ...unseen } };
}

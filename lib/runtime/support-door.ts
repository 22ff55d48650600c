import { AppError } from "@/lib/kernel/errors";
import type { Support, Visitor } from "./support";

/** The cookie in which a browser holds a support session. */
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
  /** What the browser sent as the support cookie. */
  cookie: string | undefined;
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
 * is a POST: the cookie's SameSite=Lax keeps other sites from doing it for somebody.
 */
export async function answerSupport(support: Support, asked: Asked): Promise<DoorAnswer | null> {
  const { method, path, query, cookie, tenantId, address, agent } = asked;
  if (path === supportPaths.enter) {
    if (method !== "GET") return notAllowed("GET");
    const token = query.get("token");
    if (!token) throw new AppError("forbidden", "This link lacks its token. Make a new one in the console.");
    const entered = await support.redeem({ token, tenantId, address, agent });
    return home(asked, entered.cookie);
  }
  if (path !== supportPaths.leave) return null;
  if (method !== "POST") return notAllowed("POST");
  await support.end(cookie, tenantId, { address, agent });
  return home(asked, null);
}

/** On to the app's first page, so that no token stays in the address bar, a history or a Referer. */
function home(asked: Asked, cookie: string | null): DoorAnswer {
  return { status: 303, headers: { location: asked.home, "set-cookie": cookieText(asked, cookie), ...unseen } };
}

/** Ends with the browser's session at the latest; the session itself ends by the registry's word. */
function cookieText({ home: path, secure }: Asked, value: string | null): string {
  const parts = [`${supportCookie}=${value ?? ""}`, `Path=${path}`, "HttpOnly", "SameSite=Lax"];
  if (secure) parts.push("Secure");
  if (value === null) parts.push("Max-Age=0");
  return parts.join("; ");
}

const unseen = { "referrer-policy": "no-referrer", "cache-control": "no-store" };

function notAllowed(allow: string): DoorAnswer {
  return { status: 405, headers: { allow, ...unseen } };
}

import type { Visit } from "./request";

type CookieOptions = {
  /** Whether the browser speaks HTTPS with us. */
  secure: boolean;
  /** Where the cookie is of use: "/", or below the part of the path that names the tenant. */
  path: string;
  /** How long it is kept; without it, until the browser is closed. */
  seconds?: number;
};

const plain = /^[\w.~-]*$/;
const mostTried = 5;

/**
 * A browser takes a cookie of such a name from its very host alone. Without it another tenant's host could set one for
 * all hosts of the base domain. It wants HTTPS and the path "/", so it is not for tenants with a path prefix; those
 * share one host, on which no other tenant sets cookies.
 */
const hostOnly = (name: string) => `__Host-${name}`;

/** A Set-Cookie header for a token that scripts can't read and other sites can't send. Throws for what is no token. */
export function setCookie(name: string, token: string, { secure, path, seconds }: CookieOptions): string {
  if (!plain.test(token)) throw new Error(`The cookie ${name} can't hold this token.`);
  const called = secure && path === "/" ? hostOnly(name) : name;
  const age = seconds === undefined ? "" : `; Max-Age=${seconds}`;
  return `${called}=${token}; Path=${path}${age}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/**
 * The values of a cookie, those that only this host can have set first. Several, since a browser sends what a
 * neighbouring host set beside our own, and not in an order that says whose is whose; at most five of them.
 */
export function cookiesOf(visit: Visit, name: string): readonly string[] {
  const header = visit.header("cookie");
  if (!header?.includes(name)) return [];
  const own: string[] = [];
  const others: string[] = [];
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    const called = part.slice(0, Math.max(0, equals)).trim();
    if (called === hostOnly(name)) own.push(part.slice(equals + 1).trim());
    else if (called === name) others.push(part.slice(equals + 1).trim());
  }
  return [...new Set([...own, ...others])].slice(0, mostTried);
}

import type { Visit } from "./request";

type CookieOptions = {
  visit: Visit;
  /** The part of the path that names the tenant, outside of which the cookie is of no use. */
  prefix: string;
  seconds: number;
};

const plain = /^[\w.~-]+$/;

/** A Set-Cookie header for a token that scripts can't read and other sites can't send. Throws for what is no token. */
export function setCookie(name: string, token: string, { visit, prefix, seconds }: CookieOptions): string {
  if (!plain.test(token)) throw new Error(`The cookie ${name} can't hold this token.`);
  const secure = visit.https() ? "; Secure" : "";
  return `${name}=${token}; Path=${prefix || "/"}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

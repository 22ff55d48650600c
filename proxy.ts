import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/platform/env";
import { pagePolicy } from "@/lib/web/policy";

/** Gives every page a policy with a nonce of its own, and sends browsers without a session cookie to sign in. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (isConsole(pathname) && !hasSession(request)) {
    const target = new URL("/sign-in", request.url);
    if (pathname !== "/") target.searchParams.set("next", pathname + search);
    return NextResponse.redirect(target);
  }
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = pagePolicy(nonce, env().NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

function isConsole(pathname: string): boolean {
  return !/^\/(sign-in|set-up\/|join\/|new-password\/|refused$|reference$|enrol)|\.(svg|png|ico|txt)$/.test(pathname);
}

/** The pages decide who is signed in; a cookie says only that it is worth asking. */
function hasSession(request: NextRequest): boolean {
  return request.cookies.getAll().some(({ name }) => name.endsWith("next-auth.session-token"));
}

export const config = {
  matcher: ["/((?!api/|v1/|_next/|icon\\.svg$).*)"],
};

import { type NextRequest, NextResponse } from "next/server";

/** Sends browsers that carry no session cookie at all to sign in, and back afterwards. The pages decide who is signed in. */
export function proxy(request: NextRequest): NextResponse {
  const signedIn = request.cookies.getAll().some(({ name }) => name.endsWith("next-auth.session-token"));
  if (signedIn) return NextResponse.next();
  const { pathname, search } = request.nextUrl;
  const target = new URL("/sign-in", request.url);
  if (pathname !== "/") target.searchParams.set("next", pathname + search);
  return NextResponse.redirect(target);
}

export const config = {
  matcher: ["/((?!api/|_next/|sign-in|set-up/|enrol|favicon|icon|.*\\.(?:svg|png|ico|txt)$).*)"],
};

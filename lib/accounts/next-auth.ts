import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { derivedKey } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { signInFailures } from "./contract";
import { deviceOf } from "./device";
import { endReplaced } from "./replaced-session";
import { actorOfSession, sessionSeconds } from "./sessions";
import { type Credentials, signIn } from "./sign-in";

/** The cookie that holds a session's token; over https browsers hold it to this very host by its prefix. */
export function sessionCookie(): string {
  return isHttps() ? "__Host-next-auth.session-token" : "next-auth.session-token";
}

const isHttps = () => env().TENANTRY_URL.startsWith("https:");

/**
 * next-auth as a thin edge: it serves the sign-in routes and their CSRF protection. What it takes for a JWT is our
 * opaque session token, looked up in the sessions table each time, so that a revoked session is over at once.
 */
export function authOptions(): AuthOptions {
  return {
    secret: derivedKey("next-auth"),
    providers: [credentials],
    pages: { signIn: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: sessionSeconds() },
    useSecureCookies: isHttps(),
    cookies: {
      sessionToken: {
        name: sessionCookie(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() },
      },
    },
    jwt: {
      maxAge: sessionSeconds(),
      encode: ({ token }) => String(token?.session ?? ""),
      decode: async ({ token }) => {
        const actor = await actorOfSession(token, systemClock());
        return actor.kind === "user" ? { sub: actor.id, name: actor.name, email: actor.email, session: token } : null;
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user && "session" in user ? { ...token, session: user.session } : token),
    },
    logger: {
      // A revoked cookie is no error: next-auth would print a stack trace for each request that carries one.
      error: (code, detail) => {
        if (code !== "JWT_SESSION_ERROR") log().warn({ code, detail: String(detail) }, "next-auth");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

const credentials = CredentialsProvider({
  credentials: { email: {}, password: {}, code: {}, passkey: {} },
  authorize: async (given, request) => {
    try {
      const device = deviceOf((name) => headerOf(request.headers, name));
      const { token, user } = await signIn(credentialsIn(given), device, systemClock);
      // The browser forgets the session that it had, or that somebody else gave it.
      const before = cookieIn(headerOf(request.headers, "cookie"));
      if (before) await endReplaced(before, device, systemClock);
      return { id: user.id, name: user.name, email: user.email, session: token };
    } catch (error) {
      throw new Error(failureWord(error));
    }
  },
});

/** next-auth also reads JSON, in which these can be anything. */
function credentialsIn(given: Record<string, unknown> = {}): Required<Credentials> {
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : "");
  return { email: text("email"), password: text("password"), code: text("code"), passkey: text("passkey") };
}

function cookieIn(header: string | null): string | undefined {
  const start = `${sessionCookie()}=`;
  const pair = header?.split(/; */).find((one) => one.startsWith(start));
  return pair?.slice(start.length);
}

function headerOf(headers: Record<string, unknown> | undefined, name: string): string | null {
  const value = headers?.[name];
  return typeof value === "string" ? value : null;
}

/** next-auth puts the message into an address: only the contract's fixed words may go there. */
function failureWord(error: unknown): string {
  const reason = error instanceof AppError ? error.reason : undefined;
  const word = signInFailures.find((known) => known === reason);
  if (!word) log().error({ error: String(error) }, "a sign-in failed");
  return word ?? "unavailable";
}

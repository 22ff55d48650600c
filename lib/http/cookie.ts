import { sessionCookie } from "@/lib/accounts/next-auth";
import { sessionSeconds } from "@/lib/accounts/sessions";

/** Gives the browser a new session cookie with the attributes that next-auth gives it; null takes it away. */
export function setSessionCookie(headers: Headers, token: string | null): void {
  const secure = sessionCookie().startsWith("__Host-") ? "; Secure" : "";
  const age = token === null ? 0 : sessionSeconds();
  headers.append(
    "set-cookie",
    `${sessionCookie()}=${token ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`,
  );
}

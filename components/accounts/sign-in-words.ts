import { type SignInFailure, signInFailures } from "@/lib/accounts/contract";

const words: Record<SignInFailure, string> = {
  invalid_credentials: "The e-mail address or the password is wrong.",
  code_required: "Enter the code from your authenticator app.",
  code_invalid: "That code is wrong or was used already. Wait for the next one and try again.",
  too_many_attempts: "Too many attempts. Wait a few minutes, then try again.",
  deactivated: "This account was deactivated. Ask an owner or admin of this installation to let you in again.",
  unavailable: "Signing in is not possible right now. Try again in a moment.",
};

/** Which of the known reasons a refused sign-in had. */
export function failureOf(error: string | null | undefined): SignInFailure {
  return signInFailures.find((failure) => failure === error) ?? "unavailable";
}

const wrong = {
  recovery: "That is none of your recovery codes, or it was used already.",
  passkey: "The passkey was not accepted, or it took too long. Try again, or use a code.",
} as const;

/** Why a sign-in came to nothing: it was refused, or the person closed the passkey's window. */
export type Refused = SignInFailure | "passkey_unused";

/** A sign-in that came to nothing in a sentence, which fits what was tried. */
export function sayFailure(failure: Refused, way: keyof typeof wrong | "authenticator" | "password"): string {
  if (failure === "passkey_unused") return "No passkey was used. Try again, or use a code.";
  return failure === "code_invalid" && way in wrong ? wrong[way as keyof typeof wrong] : words[failure];
}

/** Where to go after signing in: a path of this very console, or its start. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith("/") || next.startsWith("//") || next.includes("\\")) return "/";
  const base = "https://console.invalid";
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : "/";
}

const welcomes = {
  joined: "Your account is made. Sign in, and set up your authenticator.",
  password: "Your new password is set. Sign in with it.",
} as const;

/** What the sign-in page says to somebody who comes from another page of this console. */
export function welcomeWords(welcome: unknown): string | null {
  return welcome === "joined" || welcome === "password" ? welcomes[welcome] : null;
}

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

/** A refused sign-in in a sentence. */
export function sayFailure(failure: SignInFailure): string {
  return words[failure];
}

/** Where to go after signing in: a path of this very console, or its start. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith("/") || next.startsWith("//") || next.includes("\\")) return "/";
  const base = "https://console.invalid";
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : "/";
}

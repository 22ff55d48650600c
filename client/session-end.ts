import { AppError } from "@/lib/kernel/errors";

/** Whether an error says that no session lets whoever looks do this: it ended, or a second factor was wrong. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof AppError && error.code === "unauthenticated";
}

/** Whether an error says that the session itself has ended; a wrong code is told with a reason. */
export function isSessionEnd(error: unknown): boolean {
  return error instanceof AppError && isSignedOut(error) && error.reason === undefined;
}

/**
 * Goes to the sign-in page when the session has ended, and comes back afterwards. Not while a dialog holds a form: what
 * was typed into it would be lost, and it says by itself what to do.
 */
export function leaveIfSignedOut(error: unknown): void {
  if (typeof window === "undefined" || !isSignedOut(error) || document.querySelector('[role="dialog"] form')) return;
  const here = window.location.pathname + window.location.search;
  if (!here.startsWith("/sign-in")) window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

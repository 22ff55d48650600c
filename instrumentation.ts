/** Runs once when the web process starts: it must not outlive the supervisor that started it, and makes itself known. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { beginWeb } = await import("@/lib/system/begin-presence");
    beginWeb();
  }
}

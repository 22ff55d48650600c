/** Runs once when the web process starts: it must not outlive the supervisor that started it. */
export function register(): void {
  if (process.env.NEXT_RUNTIME === "nodejs") process.on("disconnect", () => process.exit(0));
}

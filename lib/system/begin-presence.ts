import { lastCheck } from "@/lib/audit/last-check";
import { systemClock } from "@/lib/kernel/clock";
import { keepPresence, type Own } from "@/lib/platform/presence";
import { clearOwn, ownFigures } from "./own-caches";
import { productVersion } from "./version";

// Next's development server loads this module again on each change; a process is there once.
const held = globalThis as { tenantryPresent?: AbortSignal };

/** Makes this process known: it answers who asks what processes there are, and clears its caches when told to. */
export function beginPresence(kind: Own["kind"], signal: AbortSignal): void {
  if (held.tenantryPresent?.aborted === false) return;
  held.tenantryPresent = signal;
  const own = (): Own => ({ kind, version: productVersion(), caches: ownFigures(), audit: lastCheck() });
  keepPresence({ own, clear: clearOwn }, systemClock, signal);
}

/** The same for the web process, which ends when the supervisor that started it has gone. */
export function beginWeb(): void {
  process.on("disconnect", () => process.exit(0));
  beginPresence("web", new AbortController().signal);
}

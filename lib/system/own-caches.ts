import { forgetAnswers, keptNow } from "@/lib/gate/kept-answers";
import { forgetOpenedKeys, openedKeys } from "@/lib/platform/keyring";
import type { CacheFigures } from "@/lib/platform/presence";
import type { CacheName } from "./contract";

type OwnCache = { figures: () => Omit<CacheFigures, "name">; clear: () => void };

/** The caches that a process of Tenantry's own keeps, by name. */
const ownCaches = {
  answers: { figures: keptNow, clear: forgetAnswers },
  "data-keys": { figures: () => ({ ...openedKeys(), bytes: null, oldestAt: null }), clear: forgetOpenedKeys },
} satisfies Partial<Record<CacheName, OwnCache>>;

/** What this process keeps. */
export function ownFigures(): CacheFigures[] {
  return Object.entries(ownCaches).map(([name, { figures }]) => ({ name, ...figures() }));
}

/** Forgets what this process keeps under some names; others are not its own. */
export function clearOwn(names: readonly string[]): void {
  for (const [name, { clear }] of Object.entries(ownCaches)) if (names.includes(name)) clear();
}

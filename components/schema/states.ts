import type { SchemaState } from "@/lib/drift/contract";

/** Where a schema stands, in words. */
export const stateWords = {
  current: { word: "Current", tone: "ok", title: "At the newest migration." },
  behind: { word: "Behind", tone: "warn", title: "Migrations are missing." },
  failed: { word: "Migration failed", tone: "bad", title: "Its newest migration failed; it is on the version before." },
  drifted: { word: "Drifted", tone: "warn", title: "Its structure differs from what its migrations make." },
  unknown: { word: "Not known", tone: "quiet", title: "Never looked at, adopted, or out of reach." },
} as const satisfies Record<SchemaState, { word: string; tone: string; title: string }>;

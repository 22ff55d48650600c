import type { SchemaState, TenantSchemaView } from "@/lib/drift/contract";

/** Where a schema stands, in words. */
export const stateWords = {
  current: { word: "Current", tone: "ok", title: "At the newest migration." },
  behind: { word: "Behind", tone: "warn", title: "Migrations are missing." },
  failed: { word: "Migration failed", tone: "bad", title: "Its newest migration failed; it is on the version before." },
  drifted: { word: "Drifted", tone: "warn", title: "Its structure differs from what its migrations make." },
  unknown: { word: "Not known", tone: "quiet", title: "Never looked at, adopted, or out of reach." },
} as const satisfies Record<SchemaState, { word: string; tone: string; title: string }>;

type Standing = { word: string; tone: (typeof stateWords)[SchemaState]["tone"]; title: string };

/** Where one tenant's schema stands; what was never compared is not called current as if it had been. */
export function standings({ states, checkedAt }: Pick<TenantSchemaView, "states" | "checkedAt">): Standing[] {
  return states.map((state) =>
    state === "current" && checkedAt === null
      ? {
          word: "Not compared yet",
          tone: "quiet",
          title: "At the newest migration. Its structure was not compared with what the migrations make yet.",
        }
      : stateWords[state],
  );
}

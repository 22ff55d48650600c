import { capital } from "@/components/ui/status-badge";
import { failedTypes, signInTypes } from "@/lib/tenants/shapes";

/** Kinds of activities under the word by which people look for them. What failed is also in its own group. */
const groups = {
  lifecycle: {
    label: "Lifecycle",
    types: [
      "created",
      "adopted",
      "provisioned",
      "edited",
      "status_changed",
      "deletion_started",
      "deleted",
      "resumed",
      "restored",
      "limits_changed",
      "secret_rotated",
    ],
  },
  schema: { label: "Schema", types: ["migrated", "rolled_back", "seeded", "schema_checked"] },
  signIns: { label: "Sign-ins", types: signInTypes },
  domains: {
    label: "Domains",
    types: ["domain_added", "domain_verified", "domain_lost", "domain_primary", "domain_removed"],
  },
  care: {
    label: "Upkeep",
    types: [
      "maintenance_started",
      "maintenance_ended",
      "connections_ended",
      "vacuumed",
      "exported",
      "imported",
      "database_reset",
      "isolation_checked",
    ],
  },
  support: { label: "Support", types: ["support_opened", "support_entered", "support_ended"] },
  other: { label: "Other", types: ["history_made_up"] },
  failures: { label: "Failures", types: failedTypes },
} as const;

export type TypeGroup = keyof typeof groups;

/** The groups, in the order in which they are offered. */
export const typeGroupNames = Object.keys(groups) as [TypeGroup, ...TypeGroup[]];

/** A group's word. */
export function groupLabel(group: TypeGroup): string {
  return groups[group].label;
}

/** The types that a group asks for. */
export function typesOf(group: TypeGroup): string[] {
  return [...groups[group].types];
}

/** How many activities of a group there are, from the counts by type. */
export function countOf(group: TypeGroup, types: readonly { type: string; activities: number }[]): number {
  const within: readonly string[] = groups[group].types;
  return types.reduce((sum, { type, activities }) => sum + (within.includes(type) ? activities : 0), 0);
}

/** Whether an activity says that something did not work. */
export function isFailure(type: string): boolean {
  return (groups.failures.types as readonly string[]).includes(type);
}

/** A type as people say it: "status_changed" is "Status changed". */
export function typeWords(type: string): string {
  return capital(type.replaceAll("_", " "));
}

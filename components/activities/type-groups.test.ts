import { expect, test } from "vitest";
import { countOf, isFailure, typeGroupNames, typesOf } from "./type-groups";

/** Everything that a tenant's timeline can tell, as `lib/tenants/activity.ts` lists it. */
const all = [
  "created",
  "adopted",
  "provisioned",
  "step_failed",
  "edited",
  "status_changed",
  "deletion_started",
  "deleted",
  "resumed",
  "restored",
  "limits_changed",
  "secret_rotated",
  "migrated",
  "rolled_back",
  "seeded",
  "schema_checked",
  "connections_ended",
  "vacuumed",
  "exported",
  "isolation_checked",
  "domain_added",
  "domain_verified",
  "domain_lost",
  "domain_primary",
  "domain_removed",
  "maintenance_started",
  "maintenance_ended",
  "support_opened",
  "support_entered",
  "support_ended",
  "action_failed",
  "signed_in",
  "sign_in_failed",
  "history_made_up",
];

test("the chips add up: every type is in one group, and what failed in that of failures too", () => {
  for (const type of all) {
    const own = typeGroupNames.filter((group) => group !== "failures" && typesOf(group).includes(type));
    expect(own.length === 1 || (own.length === 0 && isFailure(type)), type).toBe(true);
  }
  expect(countOf("other", [{ type: "history_made_up", activities: 2 }])).toBe(2);
});

import type { Control } from "@/lib/metrics/control-questions";
import { sha256 } from "@/lib/platform/crypto";
import { pastDays } from "@/sample/past";
import { eventsOf, type PastEvent } from "@/sample/past-events";
import { ofSlug } from "@/sample/past-habits";
import type { Made } from "./usage";

type Row = PastEvent & { tenantId: string };

/** Writes what happened to the demo's tenants before `end`, and to each one that all of that is made up. */
export async function writeEvents(control: Control, tenants: Made[], end: Date): Promise<void> {
  const rows = tenants.flatMap(({ id, tenant }) => [
    ...eventsOf(tenant, end.getTime()).map((event) => ({ ...event, tenantId: id })),
    { ...madeUp(tenant.slug, end), tenantId: id },
  ]);
  rows.sort((one, other) => one.at - other.at);
  await control.query(
    `INSERT INTO tenant_activities (created_at, tenant_id, activity_type, description, actor, ip_address, user_agent, metadata)
     SELECT * FROM unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::inet[], $7::text[], $8::jsonb[])`,
    [
      rows.map(({ at }) => new Date(at)),
      rows.map(({ tenantId }) => tenantId),
      rows.map(({ type }) => type),
      rows.map(({ description }) => description),
      rows.map(({ actor }) => actor),
      rows.map(({ ipAddress }) => ipAddress),
      rows.map(({ client }) => client ?? null),
      rows.map((row) => JSON.stringify(metadataOf(row))),
    ],
  );
}

function madeUp(slug: string, end: Date): PastEvent {
  const days = Math.min(pastDays, ofSlug(slug).days);
  const description = `The ${days} days before this moment are made up for the demonstration: usage, activities, sign-ins, and the day this tenant began, though the demo made it later, as its own entry tells. What follows is measured.`;
  return { at: end.getTime(), type: "history_made_up", description, actor: "demo", ipAddress: null };
}

function metadataOf({ tenantId, user }: Row): Record<string, string> {
  const whose = user === undefined ? {} : { user: sha256(`${tenantId} ${user}`).slice(0, 22) };
  return { source: "generated", ...whose };
}

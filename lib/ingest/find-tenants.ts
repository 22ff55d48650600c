import type { Ctx } from "@/lib/gate/context";
import { recordRefusal } from "@/lib/gate/refusals";
import { visibleSql } from "@/lib/gate/visible";
import { HiddenError } from "@/lib/kernel/errors";
import { ingestMetricsContract } from "./contract";

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const slug = /^[a-z0-9-]{1,100}$/;

/** The ids of the tenants that go by these ids or slugs and are within the sender's reach, by what they go by. */
export async function findTenants(ctx: Ctx, names: readonly string[]): Promise<Map<string, string>> {
  const ids = names.filter((name) => uuid.test(name)).map((name) => name.toLowerCase());
  const slugs = names.filter((name) => slug.test(name));
  const rows = await ctx.db.$queryRaw<{ id: string; slug: string; visible: boolean }[]>`
    SELECT t.id::text AS id, t.slug, ${visibleSql(ctx.actor)} AS visible FROM tenants t
     WHERE t.deleted_at IS NULL AND t.status::text NOT IN ('deleted', 'deleting')
       AND (t.id = ANY(${ids}::uuid[]) OR t.slug = ANY(${slugs}::text[]))`;
  const found = rows.filter(({ visible }) => visible);
  const hidden = rows.find(({ visible }) => !visible);
  if (hidden) await recordHidden(ctx, hidden.id);
  // A slug that looks like an id is the id's.
  const bySlug = new Map(found.map(({ id, slug: name }) => [name, id]));
  const byId = new Map(found.map(({ id }) => [id, id]));
  return new Map(names.flatMap((name) => byNameOf(name, byId, bySlug)));
}

function byNameOf(name: string, byId: Map<string, string>, bySlug: Map<string, string>): [string, string][] {
  const id = byId.get(name.toLowerCase()) ?? bySlug.get(name);
  return id === undefined ? [] : [[name, id]];
}

/** An app sends again and again: of each sender and tenant one refusal an hour goes into the audit trail. */
const quiet = 3_600_000;
const mostRemembered = 10_000;
const recorded = new Map<string, number>();

async function recordHidden(ctx: Ctx, tenant: string): Promise<void> {
  const { actor } = ctx;
  const key = `${"id" in actor ? actor.id : actor.kind} ${tenant}`;
  const now = ctx.now().getTime();
  if (now - (recorded.get(key) ?? 0) < quiet) return;
  if (recorded.size >= mostRemembered) recorded.clear();
  recorded.set(key, now);
  const error = new HiddenError("Metrics were sent for a tenant out of reach.");
  await recordRefusal(ctx, ingestMetricsContract.id, { tenant }, error);
}

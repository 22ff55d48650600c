import { canonicalJson } from "@/lib/kernel/canonical";
import { sha256 } from "@/lib/platform/crypto";
import type { Db } from "@/lib/platform/prisma";

/** What a run's digest is made over, beside its items. */
export type Digested = { id: string; action: string; input: unknown; options: unknown; undoOf: string | null };

/**
 * The digest of a plan, from its rows as they are: a change of any part gives another. Of each item it holds the tenant
 * with its version, server and name, the wave, what was left out and why, and what an undo would bring back.
 */
export async function planDigest(db: Db, { id, action, input, options, undoOf }: Digested): Promise<string> {
  const [row] = await db.$queryRaw<{ items: string }[]>`
    SELECT encode(sha256(convert_to(coalesce(string_agg(jsonb_build_array(position, tenant_id, tenant_version, server_id,
             slug, name, wave, status, words, saved)::text, E'\n' ORDER BY position), ''), 'UTF8')), 'hex') AS items
      FROM bulk_items WHERE run_id = ${id}::uuid`;
  return sha256(canonicalJson({ id, action, input, options, undoOf, items: row?.items }));
}

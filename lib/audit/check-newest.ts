import { endMac, linkHash } from "@/lib/gate/audit-chain";
import { existingOwnKey } from "@/lib/platform/own-key";
import type { Db } from "@/lib/platform/prisma";
import type { Link } from "./chain";
import { withSnapshot } from "./snapshot";

/** What a look at the trail's newest links found: how many hold, and what is wrong, in words; null: nothing is. */
export type NewestLinks = { checked: number; problem: string | null };

/**
 * Recomputes the newest links of the trail and its end. Cheap however long the trail is: it proves nothing of older rows,
 * which the check of the whole trail does.
 */
export async function checkNewest(db: Db, links: number): Promise<NewestLinks> {
  const key = await existingOwnKey(db, "audit-chain");
  return await withSnapshot(async ({ end, unguarded, rows }) => {
    if (!end) return { checked: 0, problem: "The table audit_head, which tells where the trail ends, is empty." };
    if (end.seq === end.since) return { checked: 0, problem: null };
    if (key === undefined) return { checked: 0, problem: "The chain's key is gone." };
    if (end.mac !== endMac(key, end)) return { checked: 0, problem: "The trail's end was not written by Tenantry." };
    const found: Link[] = [];
    for await (const batch of rows) found.push(...batch);
    return linked(key, found, end) ?? { checked: Math.max(0, found.length - 1), problem: unguarded ?? null };
  }, links + 1);
}

type End = { seq: bigint; since: bigint; hash: string };

/** What is wrong with rows that follow each other; undefined: nothing is. The first one's hash is taken for granted. */
function linked(key: string, rows: Link[], end: End): NewestLinks | undefined {
  let before: Link | undefined;
  for (const row of rows) {
    if (row.id > end.since && !follows(key, before, row, end.since))
      return { checked: 0, problem: `Row ${row.id} of the trail is not as it was written.` };
    before = row;
  }
  if (before?.id === end.seq && before.hash === end.hash) return undefined;
  return { checked: 0, problem: "The trail's newest rows are missing." };
}

function follows(key: string, before: Link | undefined, { hash, ...row }: Link, since: bigint): boolean {
  if (row.id === since + 1n) return linkHash(key, "", row) === hash;
  if (!before) return true;
  return row.id === before.id + 1n && linkHash(key, before.hash ?? "", row) === hash;
}

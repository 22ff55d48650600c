import type { Db } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import type { AuditRowView } from "./contract";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the targets of some rows are called today, by their id: people don't know ids by heart. */
export async function targetNames(db: Db, events: Pick<AuditRowView, "target">[]): Promise<Map<string, string>> {
  const ids = [...new Set(events.flatMap(({ target }) => (target !== null && uuid.test(target) ? [target] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await readingOf(db).$queryRaw<{ id: string; name: string }[]>`
    SELECT id::text AS id, slug AS name FROM tenants WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id::text, email FROM users WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id::text, name FROM api_keys WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id::text, name FROM servers WHERE id = ANY(${ids}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

import type { Db } from "@/lib/platform/prisma";
import type { AuditRowView } from "./contract";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the targets of some rows are called today, by their id: people don't know ids by heart. */
export async function targetNames(db: Db, events: Pick<AuditRowView, "target">[]): Promise<Map<string, string>> {
  const ids = [...new Set(events.flatMap(({ target }) => (target !== null && uuid.test(target) ? [target] : [])))];
  if (ids.length === 0) return new Map();
  const where = { id: { in: ids } };
  const [tenants, users, keys, servers] = await Promise.all([
    db.tenant.findMany({ where, select: { id: true, slug: true } }),
    db.user.findMany({ where, select: { id: true, email: true } }),
    db.apiKey.findMany({ where, select: { id: true, name: true } }),
    db.server.findMany({ where, select: { id: true, name: true } }),
  ]);
  return new Map([
    ...tenants.map(({ id, slug }) => [id, slug] as const),
    ...users.map(({ id, email }) => [id, email] as const),
    ...keys.map(({ id, name }) => [id, name] as const),
    ...servers.map(({ id, name }) => [id, name] as const),
  ]);
}

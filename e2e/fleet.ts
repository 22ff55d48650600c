import { expect, type Page } from "@playwright/test";
import type pg from "pg";
import { newId } from "@/lib/kernel/ids";

export type Sql = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

/** Makes real tenants, as the console's own requests do, and waits until they are active. The page is one of the console. */
export async function makeTenants(page: Page, sql: Sql, slugs: readonly string[]): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { servers } = await (await fetch("/api/tenancy/servers")).json();
    for (const slug of wanted) {
      const answer = await fetch("/api/tenancy/tenants", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({ name: slug, slug, serverId: servers[0].id, plan: "starter" }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    }
  }, slugs);
  const active = "SELECT count(*)::int AS n FROM tenants WHERE slug = ANY($1) AND status = 'active'";
  await expect.poll(async () => (await sql(active, [slugs])).rows[0].n, { timeout: 120_000 }).toBe(slugs.length);
}

/** Rows of the registry without a database: enough for what changes the registry alone, and nobody measures them. */
export async function makePaperTenants(sql: Sql, names: readonly string[], tag: string): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const [id, slug] = [newId(new Date()), name.toLowerCase().replaceAll(" ", "-")];
    await sql(
      `INSERT INTO tenants (id, status, server_id, slug, name, tags, plan, region, database, role, secret, updated_at)
       SELECT $1, 'inactive', id, $2, $3, ARRAY[$4], 'starter', region, $2, $2, '\\x00', now() - interval '1 day'
         FROM servers ORDER BY created_at LIMIT 1`,
      [id, slug, name, tag],
    );
    ids.push(id);
  }
  return ids;
}

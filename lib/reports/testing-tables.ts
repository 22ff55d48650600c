import { parse } from "csv-parse/sync";
import type { Ctx } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import type { Download } from "@/lib/kernel/download";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import type { TestControl } from "@/lib/platform/testing";
import { findTableDownload } from "./download-table";

/** Names that are hard to put into a file, by the slug of who has them. */
export const strangeNames = {
  amber: 'Comma, "quote"\r\nand line',
  birch: '=HYPERLINK("http://x.example")',
  cedar: "שלום עולם, مرحبا",
  dogwood: "👩‍👩‍👧 naïve 日本",
  elm: "\t@SUM(1)",
  fir: "-1+1",
  gorse: "＝1+1",
  hazel: "  +1",
} as const;

/** A text as a file has it: what a spreadsheet would run has an apostrophe in front. */
export function safely(text: string): string {
  return /^(\s*[-=@+＝]|[\t\r\n])/.test(text) ? `'${text}` : text;
}

/** Tenants with strange names, every other one tagged `mine`, each with an activity, a domain, usage and an anomaly. */
export async function fillTables(control: TestControl): Promise<{ run: string; ids: string[] }> {
  const ids: string[] = [];
  for (const [slug, name] of Object.entries(strangeNames)) {
    const { id } = await control.makeTenant(slug);
    const tags = ids.push(id) % 2 === 1 ? ["mine"] : [];
    await controlDb().tenant.update({ where: { id }, data: { name, tags } });
  }
  await control.sql(`
    INSERT INTO tenant_usage_hours (at, tenant_id, source_set, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last)
    SELECT date_trunc('hour', now()) - make_interval(hours => hour), id, 1, 3600000 * 12.5, 3600000, -0.5, 20.25, 1
      FROM tenants, generate_series(1, 20) AS hour`);
  await control.sql(`
    INSERT INTO tenant_usage_latest (tenant_id, tick_id, changed_at, storage, sources)
    SELECT id, 1, now(), 7.5, '{"storage": "pg_database_size"}' FROM tenants WHERE slug = 'birch'`);
  await control.sql(`
    INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, ip_address, created_at)
    SELECT id, 'signed_in', name, '=cmd', '192.0.2.1', now() - interval '1 minute' FROM tenants`);
  await control.sql(`
    INSERT INTO domains (id, tenant_id, hostname, "primary", token, verified_at, verified_by, checks)
    SELECT gen_random_uuid(), id, slug || '.example.com', true, 'token', now(), 'dns', CASE slug WHEN 'elm' THEN 3 ELSE 0 END
      FROM tenants`);
  await control.sql(`
    INSERT INTO usage_anomalies (tenant_id, metric, started_at, direction, peak, expected, score)
    SELECT id, 'cpu', now() - interval '2 hours', 'low', -3, 1, 5 FROM tenants`);
  await control.sql(`
    INSERT INTO isolation_findings (server_id, rule, subject, words, first_seen, last_seen)
    SELECT id, 'connect', '=role', 'A role may, "connect".', now(), now() FROM servers`);
  const run = newId(new Date());
  const scope = JSON.stringify({ kind: "tag", values: ["mine"] });
  await control.sql(
    `INSERT INTO bulk_runs (id, action, options, selection, digest, radius, scope, planned_by, note, status, started_at)
     VALUES ($1, 'activate', '{}', '{"tenants": [], "except": []}', '', '{}', $2, 'Ada, "=x"', E'two\\nlines', 'running', now())`,
    [run, scope],
  );
  await control.sql(
    `INSERT INTO bulk_items (run_id, position, tenant_id, server_id, slug, name, tenant_version, wave, status, warnings, words)
     SELECT $1, row_number() OVER (ORDER BY slug) - 1, id, server_id, slug, name, 1, 0, 'failed', '{=a,b}', '@words' FROM tenants`,
    [run],
  );
  return { run, ids };
}

/** What some tables need to be told. */
export function neededBy(name: string, { run, ids }: { run: string; ids: string[] }, serverId: string): object {
  if (name === "usage") return { level: "hour" };
  if (name === "bulk-items") return { run };
  if (name === "compare") return { tenant: [ids[0], ids[2]] };
  return name === "neighbours" ? { server: serverId } : {};
}

/** A table's download as text. */
export async function textOf(ctx: Ctx, name: string, input: object = {}): Promise<string> {
  const { chunks } = await downloadOf(ctx, name, input);
  let text = "";
  for await (const chunk of chunks) text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
  return text;
}

/** A table's download, begun. */
export async function downloadOf(ctx: Ctx, name: string, input: object = {}): Promise<Download> {
  const found = findTableDownload(name);
  if (!found) throw new Error(`There is no table ${name}.`);
  return (await perform(found as Operation, ctx, input)) as Download;
}

/** A table's rows, by their columns' names, as a strict reader of RFC 4180 takes them. */
export async function rowsOf(ctx: Ctx, name: string, input: object = {}): Promise<Record<string, string>[]> {
  return parse(await textOf(ctx, name, input), { bom: true, columns: true, record_delimiter: "\r\n" });
}

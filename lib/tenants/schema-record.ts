import { storableJson } from "@/lib/kernel/foreign-text";
import { controlDb } from "@/lib/platform/prisma";
import type { Standing } from "@/lib/schema/apply";

type Report = { tenantId: string; at: Date; standing: Standing | null; error: string | null };

type Waiting = { report: Report; done: () => void; failed: (error: unknown) => void };

let waiting: Waiting[] = [];
let writing = false;

/**
 * Writes down where a tenant's schema stands after its migrations, and why the last one failed (null: none did). Its
 * structure has then to be looked at again. Reports that come while others are being written go together in one statement.
 */
export async function recordSchema(report: Report): Promise<void> {
  const written = new Promise<void>((done, failed) => waiting.push({ report, done, failed }));
  if (!writing) void writeAll();
  await written;
}

async function writeAll(): Promise<void> {
  writing = true;
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    const together = await write(batch.map(({ report }) => report)).then(
      () => true,
      () => false,
    );
    for (const { report, done, failed } of batch) {
      if (together) done();
      // One that can't be written keeps no other from it.
      else await write([report]).then(done, failed);
    }
  }
  writing = false;
}

/** The last report of a tenant counts. A tenant that is gone has nothing to be written to. */
async function write(reports: Report[]): Promise<void> {
  const rows = [...new Map(reports.map((report) => [report.tenantId, report])).values()].map((report) => ({
    id: report.tenantId,
    at: report.at.toISOString(),
    version: report.standing?.version ?? null,
    applied: report.standing?.applied ?? null,
    error: report.error,
  }));
  await controlDb().$executeRaw`
    INSERT INTO tenant_schemas AS s (tenant_id, version, applied, error, error_at, changed_at)
    SELECT r.id, r.version, r.applied, r.error, CASE WHEN r.error IS NOT NULL THEN r.at END, r.at
    FROM jsonb_to_recordset(${storableJson(rows)}::jsonb)
      AS r (id uuid, at timestamptz, version text, applied int, error text)
    JOIN tenants t ON t.id = r.id
    ON CONFLICT (tenant_id) DO UPDATE SET
      version = coalesce(excluded.version, s.version), applied = coalesce(excluded.applied, s.applied),
      error = excluded.error, error_at = excluded.error_at, changed_at = excluded.changed_at,
      fingerprint = NULL, drifted = NULL, differences = '[]', checked_at = NULL`;
}

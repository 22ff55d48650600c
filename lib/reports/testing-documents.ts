import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "@/lib/gate/context";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { setRolledUp } from "@/lib/history/testing-usage";
import { columnOf } from "@/lib/kernel/metrics";
import type { TestControl } from "@/lib/platform/testing";
import type { AnyKind } from "./kind";

export const hour = 3_600_000;
export const day = 24 * hour;
/** The time at which reports are made: some days after Berlin's clocks went back. */
export const now = new Date("2026-11-03T10:00:00.000Z");
export const clock = { now: () => now };

/** Names as people have them, and as nobody should. */
export const oddNames = [
  'Acme, "Inc"; Sons & Co',
  "Two\nlines",
  "=SUM(A1:A9)",
  "@cmd|' /C calc'!A0",
  "شركة النور للتجارة",
  "חברת אור בע״מ",
  "mixed عربي and English 123",
  "東京株式会社 カタカナ ひらがな",
  "上海数据有限公司",
  "서울 주식회사",
  "บริษัทไทยจำกัด",
  "हिन्दी कंपनी",
  "Ελληνική Εταιρεία",
  "Кириллица ООО",
  "Ångström Żółć Łódź",
  "🚀 Rocket 👩‍🚀 & 🎉",
  "#set text(red) $x^2$ *bold* [link]",
  "<b>bold</b> &amp; \\u0041",
  `${"w".repeat(118)}ii`,
  "A long name of many words that goes on and on so that it takes more than one line of every table in the report",
] as const;

const metrics = ["cpu", "memory", "storage", "requests", "errors", "latency", "connections"] as const;

/**
 * Writes a fleet with its use of 60 days (16 of many tenants) in hours and days, up to `now`: waves of a day and a week, a day of which nothing
 * is known (8 days ago), a tenant that was never measured (the last), changes of status. Returns the tenants' names.
 */
export async function writeFleet(control: TestControl, tenants: number): Promise<string[]> {
  const names = Array.from({ length: tenants }, (_, index) => {
    const name = oddNames[index % oddNames.length] ?? "";
    return index < oddNames.length ? name : `${name.slice(0, 100)} ${index}`;
  });
  await control.sql(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, created_at, updated_at)
     SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'tenant-' || n, name,
            (CASE WHEN n % 9 = 8 THEN 'suspended' ELSE 'active' END)::tenant_status,
            (ARRAY['free', 'starter', 'business'])[1 + n % 3], CASE WHEN n % 4 = 0 THEN 'us' ELSE 'eu' END, $2, 't_' || n,
            't_' || n, '', $3::timestamptz - interval '1 day' * (1 + (n * 7) % 90), $3
       FROM unnest($1::text[]) WITH ORDINALITY AS given (name, n)`,
    [names, control.serverId, now],
  );
  await writeUse(control, "hour", tenants);
  await writeUse(control, "day", tenants);
  await control.sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at)
     SELECT id, 'status_changed', 'Status changed from active to suspended: invoice is overdue', 'ada@example.com',
            $1::timestamptz - interval '1 hour' * row_number() OVER (ORDER BY id)
       FROM tenants WHERE status = 'suspended'`,
    [now],
  );
  await setRolledUp(control, { minute: now, hour: now, day: new Date("2026-11-03T00:00:00Z") });
  forgetAnswers();
  return names;
}

async function writeUse(control: TestControl, level: "hour" | "day", tenants: number): Promise<void> {
  const step = level === "hour" ? hour : day;
  const days = tenants > 100 ? 16 : 60;
  const { rows } = await control.sql(
    `INSERT INTO usage_source_sets (sources) VALUES ($1::jsonb)
     ON CONFLICT (sources) DO UPDATE SET sources = EXCLUDED.sources RETURNING id`,
    [JSON.stringify(Object.fromEntries(metrics.map((metric) => [metric, sourceOf[metric]])))],
  );
  const use = (of: "tenant" | "server", id: string, who: string) => {
    const known = of === "tenant" ? metrics : metrics.slice(0, 4);
    const columns = known.flatMap((metric) =>
      ["sum", "ms", "min", "max", "last"].map((part) => `${columnOf(metric)}_${part}`),
    );
    const figures = known.flatMap((metric) => [
      `u.${metric} * ${step}`,
      `${step}`,
      `u.${metric} * 0.8`,
      `u.${metric} * 1.4`,
      `u.${metric}`,
    ]);
    return control.sql(
      `INSERT INTO ${of}_usage_${level}s (at, ${of}_id, source_set, ${columns.join(", ")})
       SELECT at, ${id}, $4, ${figures.join(", ")}
         FROM generate_series($1::timestamptz - interval '1 day' * ${days}, $1::timestamptz - $2::interval, $2::interval) AS at
        CROSS JOIN generate_series(1, $3::int) AS n
        CROSS JOIN LATERAL (SELECT 1 + 0.7 * sin(extract(epoch FROM at)::float8 / 13751 + n)
                                     + 0.2 * sin(extract(epoch FROM at)::float8 / 96257) AS wave,
                                   extract(epoch FROM at - $1::timestamptz)::float8 / 86400 + 60 AS days) AS w
        CROSS JOIN LATERAL (SELECT wave * (60.0 / n + 0.4) AS cpu, 12 + 90.0 / n + 4 * wave AS memory,
                                   40 + 2000.0 / n + days * (3.0 + 10.0 / n) AS storage, wave * (30.0 / n + 0.2) AS requests,
                                   0.02 * wave / n AS errors, 9 + 5 * wave AS latency, 1 + 4.0 / n AS connections) AS u
        ${who} AND NOT (at >= $1::timestamptz - interval '8 days' AND at < $1::timestamptz - interval '7 days')`,
      [level === "hour" ? now : new Date("2026-11-03T00:00:00Z"), `1 ${level}`, tenants, rows[0]?.id],
    );
  };
  await use("tenant", "t.id", "JOIN tenants t ON t.slug = 'tenant-' || n WHERE n < $3::int");
  await use("server", `'${control.serverId}'::uuid`, "WHERE n = 1");
}

const sourceOf = {
  cpu: "proc",
  memory: "pss_anon",
  storage: "pg_database_size",
  requests: "runtime",
  errors: "runtime",
  latency: "runtime",
  connections: "pg_stat_activity",
} as const;

/** A kind's file for somebody, with how far it said that it was. */
export async function made(kind: AnyKind, ctx: Ctx, input: Record<string, unknown>) {
  const told: [number, number | null][] = [];
  const parts: Uint8Array[] = [];
  for await (const part of kind.make(ctx, kind.input.parse(input) as never, (...far) => told.push(far)))
    parts.push(Buffer.from(part));
  return { pdf: Buffer.concat(parts), told };
}

/** A folder of a PDF that Poppler's programs look at. */
export type Opened = {
  run: (program: "pdftotext" | "pdfinfo" | "pdffonts" | "pdftoppm", ...args: string[]) => Buffer;
  folder: string;
  close: () => void;
};

/** Opens a PDF with Poppler's programs, which the tests' command installs: Debian's package poppler-utils. */
export function opened(pdf: Uint8Array): Opened {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-pdf-"));
  const file = join(folder, "report.pdf");
  writeFileSync(file, pdf);
  return {
    folder,
    run: (program, ...args) => {
      const { status, stdout, error } = spawnSync(
        program,
        args.map((one) => (one === "PDF" ? file : one)),
        {
          cwd: folder,
          maxBuffer: 1 << 28,
        },
      );
      if (error)
        throw new Error(`${program} is needed for this test: apt-get install poppler-utils (${error.message})`);
      if (status !== 0) throw new Error(`${program} ended with ${status}`);
      return stdout;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

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
const today = new Date("2026-11-03T00:00:00.000Z");
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
 * Writes a fleet, and no other, with its use of 60 days (16 of many tenants) in hours and days, up to `now`: waves of a day and a week, a day of which nothing
 * is known (8 days ago), a tenant that was never measured (the last), changes of status. Returns the tenants' names.
 */
export async function writeFleet(control: TestControl, tenants: number): Promise<string[]> {
  const names = Array.from({ length: tenants }, (_, index) => {
    const name = oddNames[index % oddNames.length] ?? "";
    return index < oddNames.length ? name : `${index} ${name.slice(0, 100)}`;
  });
  for (const table of ["tenants", ...["tenant", "server"].flatMap((of) => [`${of}_usage_hours`, `${of}_usage_days`])])
    await control.sql(`DELETE FROM ${table}`);
  await control.sql(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, created_at, updated_at)
     SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'tenant-' || n, name,
            (CASE WHEN n % 9 = 8 THEN 'suspended' ELSE 'active' END)::tenant_status,
            (ARRAY['free', 'starter', 'business'])[1 + n % 3], CASE WHEN n % 4 = 0 THEN 'us' ELSE 'eu' END, $2, 't_' || n,
            't_' || n, '', $3::timestamptz - interval '1 day' * (1 + (n * 7) % 90), $3
       FROM unnest($1::text[]) WITH ORDINALITY AS given (name, n)`,
    [names, control.serverId, now],
  );
  await writeUse(control, tenants);
  await control.sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at)
     SELECT id, 'status_changed', 'Status changed from active to suspended: invoice is overdue', 'ada@example.com',
            $1::timestamptz - interval '1 hour' * row_number() OVER (ORDER BY id)
       FROM tenants WHERE status = 'suspended'`,
    [now],
  );
  await setRolledUp(control, { minute: now, hour: now, day: today });
  forgetAnswers();
  return names;
}

async function writeUse(control: TestControl, tenants: number): Promise<void> {
  const past = tenants > 100 ? 16 : 60;
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
      `u.${metric} * ${hour}`,
      `${hour}`,
      `u.${metric} * 0.8`,
      `u.${metric} * 1.4`,
      `u.${metric}`,
    ]);
    return control.sql(
      `INSERT INTO ${of}_usage_hours (at, ${of}_id, source_set, ${columns.join(", ")})
       SELECT at, ${id}, $3, ${figures.join(", ")}
         FROM generate_series($1::timestamptz - interval '1 day' * ${past}, $1::timestamptz - interval '1 hour', interval '1 hour') AS at
        CROSS JOIN generate_series(1, $2::int) AS n
        CROSS JOIN LATERAL (SELECT 1 + 0.7 * sin(extract(epoch FROM at)::float8 / 13751 + n)
                                     + 0.2 * sin(extract(epoch FROM at)::float8 / 96257) AS wave,
                                   extract(epoch FROM at - $1::timestamptz)::float8 / 86400 + 60 AS days) AS w
        CROSS JOIN LATERAL (SELECT wave * (60.0 / n + 0.4) AS cpu, 12 + 90.0 / n + 4 * wave AS memory,
                                   40 + 2000.0 / n + days * (3.0 + 10.0 / n) AS storage, wave * (30.0 / n + 0.2) AS requests,
                                   0.02 * wave / n AS errors, 9 + 5 * wave AS latency, 1 + 4.0 / n AS connections) AS u
        ${who} AND NOT (at >= $1::timestamptz - interval '8 days' AND at < $1::timestamptz - interval '7 days')`,
      [now, tenants, rows[0]?.id],
    );
  };
  const days = async (of: "tenant" | "server") => {
    const known = of === "tenant" ? metrics : metrics.slice(0, 4);
    const columns = known.map(columnOf).flatMap((name) => [
      { name: `${name}_sum`, of: `sum(${name}_sum)` },
      { name: `${name}_ms`, of: `sum(${name}_ms)::int` },
      { name: `${name}_min`, of: `min(${name}_min)` },
      { name: `${name}_max`, of: `max(${name}_max)` },
      { name: `${name}_last`, of: `(array_agg(${name}_last ORDER BY at DESC))[1]` },
    ]);
    await control.sql(
      `INSERT INTO ${of}_usage_days (at, ${of}_id, source_set, ${columns.map(({ name }) => name).join(", ")})
       SELECT date_trunc('day', at, 'UTC'), ${of}_id, source_set, ${columns.map((column) => column.of).join(", ")}
         FROM ${of}_usage_hours WHERE at < $1 GROUP BY 1, 2, 3`,
      [today],
    );
  };
  await use("tenant", "t.id", "JOIN tenants t ON t.slug = 'tenant-' || n WHERE n < $2::int");
  await use("server", `'${control.serverId}'::uuid`, "WHERE n = 1");
  await days("tenant");
  await days("server");
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

type Program = "pdftotext" | "pdfinfo" | "pdffonts" | "pdftoppm";

/** What a program of Poppler says of a PDF; `npm test` installs them: Debian's package poppler-utils. */
export function toldBy(program: Program, pdf: Uint8Array, ...args: string[]): string {
  return run(program, pdf, args).toString("utf8");
}

function run(program: Program, pdf: Uint8Array, args: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-pdf-"));
  const file = join(folder, "report.pdf");
  writeFileSync(file, pdf);
  const to = program === "pdftotext" ? [file, "-"] : [file];
  const { status, stdout, error } = spawnSync(program, [...args, ...to], { maxBuffer: 2 ** 28 });
  rmSync(folder, { recursive: true });
  if (error) throw new Error(`${program} is needed for this test: apt-get install poppler-utils (${error.message})`);
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return stdout;
}

/**
 * A PDF's text without spaces (see `squeezed`), up to a page: once as it was set, cell by cell, and once as it stands on the
 * page, where pdftotext gives what is read from the right in its own order.
 */
export function textOf(pdf: Uint8Array, last = 10_000): string {
  return ["-raw", "-layout"].map((how) => squeezed(toldBy("pdftotext", pdf, how, "-l", `${last}`))).join("\n");
}

/** A text as it can be compared with what was drawn: without spaces, line ends and characters that nobody sees. */
export function squeezed(text: string): string {
  return text.normalize("NFKC").replace(/[\s\p{Cf}\p{Cc}]/gu, "");
}

/** Pixels of a page that are not white, and how many of them stand beyond the margins. */
export type Page = { ink: number; beyond: number };

const dotsPerInch = 50;
const mm = dotsPerInch / 25.4;
/** Of the template, less a dot for blurred edges. */
const margins = { x: 18 * mm - 1, top: 10 * mm, bottom: 8 * mm };

/** Draws each page and looks at its pixels. */
export function pagesOf(pdf: Uint8Array): Page[] {
  const drawn = run("pdftoppm", pdf, ["-r", `${dotsPerInch}`, "-gray"]);
  const pages: Page[] = [];
  for (let at = 0; at < drawn.length; ) {
    const head = /^P5\n(\d+) (\d+)\n255\n/.exec(drawn.toString("latin1", at, at + 40));
    if (!head) throw new Error("pdftoppm wrote no picture");
    const [width, height] = [Number(head[1]), Number(head[2])];
    const pixels = drawn.subarray(at + head[0].length, at + head[0].length + width * height);
    pages.push(lookAt(pixels, width, height));
    at += head[0].length + width * height;
  }
  return pages;
}

function lookAt(pixels: Uint8Array, width: number, height: number): Page {
  const page = { ink: 0, beyond: 0 };
  pixels.forEach((light, index) => {
    if (light > 240) return;
    page.ink++;
    const [x, y] = [index % width, Math.floor(index / width)];
    const sideways = x < margins.x || x > width - margins.x;
    if (sideways || y < margins.top || y > height - margins.bottom) page.beyond++;
  });
  return page;
}

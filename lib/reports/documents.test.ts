import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Permission } from "@/lib/kernel/permissions";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { fleetReport } from "./documents/fleet-report";
import { tenantReport } from "./documents/tenant-report";
import { change, shownValue } from "./pdf/figures";
import { clock, day, made, now, pagesOf, squeezed, textOf, toldBy, writeFleet } from "./testing-documents";

let control: TestControl;
let names: string[];
const tz = "Europe/Berlin";
const month = { from: new Date(now.getTime() - 30 * day).toISOString(), to: now.toISOString(), tz };
const fifth = "00000000-0000-7000-8000-000000000005";

beforeAll(async () => {
  control = await testControl();
  names = await writeFleet(control, 12);
});

afterAll(async () => {
  await control?.close();
});

/** A viewer with these permissions alone. */
function allowed(...permissions: Permission[]): Ctx {
  const ctx = as("viewer", clock);
  return { ...ctx, actor: { ...ctx.actor, permissions } as Ctx["actor"] };
}

test("a fleet report tells the figures that the API tells, of every tenant by name", async () => {
  const owner = as("owner", clock);
  const { pdf, told } = await made(fleetReport, owner, { range: "30d", tz });
  const text = textOf(pdf);
  const overview = await perform(showAnalyticsOverview, owner, month);
  expect(overview.totals.cpu?.now).toBeGreaterThan(100);
  for (const metric of ["cpu", "memory", "storage", "requests", "errors", "latency"] as const) {
    const { now: mean = null, before = null } = overview.totals[metric] ?? {};
    expect(text).toContain(squeezed(`${shownValue(metric, mean)} ${change(mean, before)}`));
  }
  const { tenants } = await perform(listTenantUse, owner, { ...month, sort: "name" as const });
  expect(tenants.map(({ tenant }) => tenant.name).sort()).toEqual([...names].sort());
  for (const row of tenants) {
    expect(text).toContain(squeezed(row.tenant.name));
    expect(text).toContain(squeezed(rowWords(row)));
  }
  expect(told.at(-1)?.[0]).toBe(told.at(-1)?.[1]);
  expect(told.map(([done]) => done)).toEqual(told.map((_, index) => index + 1));
});

type Row = z.output<typeof listTenantUse.contract.output>["tenants"][number];

/** A tenant's row as it stands in the table, after the name: where that is to be read from the right differs. */
function rowWords({ tenant: { slug, plan, status }, figures }: Row): string {
  const cells = (["cpu", "memory", "storage", "requests"] as const).map((metric) => {
    const one = figures[metric];
    const mean = one ? `${shownValue(metric, one.avg)} ${change(one.avg, one.before)}` : "–";
    return metric === "cpu" ? `${mean} ${shownValue(metric, one?.max)}` : mean;
  });
  return `${slug} · ${plan} · ${status} ${cells.join(" ")}`;
}

test("it is tagged, has a title, a language and its own fonts, and nothing stands beyond the margins", async () => {
  const { pdf } = await made(fleetReport, as("owner", clock), { range: "30d", tz });
  const about = toldBy("pdfinfo", pdf);
  expect(about).toMatch(/^Tagged: +yes$/m);
  expect(about).toMatch(/^Title: +Fleet report, 4 Oct 2026/m);
  expect(about).toMatch(/^Page size: .*A4/m);
  // What Typst itself checked: a title, a language, alternative texts, headings in order, a font for every character.
  expect(pdf.toString("latin1")).toContain("pdfuaid:part");
  const fonts = toldBy("pdffonts", pdf).split("\n").slice(2).filter(Boolean);
  expect(fonts.length).toBeGreaterThan(6);
  for (const font of fonts) expect(font).toMatch(/(Inter|Noto).* yes yes yes +\d+ +0$/);
  const pages = pagesOf(pdf);
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) expect(page).toMatchObject({ ink: expect.toSatisfy((ink) => ink > 200), beyond: 0 });
});

test("where nothing was measured it says so, and shows no zeros", async () => {
  const { pdf } = await made(fleetReport, as("owner", clock), {
    from: "2025-01-01T00:00:00Z",
    to: "2025-02-01T00:00:00Z",
  });
  const text = textOf(pdf);
  expect(text).toContain(squeezed("CPU, all together – not measured"));
  expect(text).toContain(squeezed("CPU was not measured."));
  expect(text).toContain(squeezed("0.0 % of the time; 0 of 12 tenants"));
  expect(text).not.toMatch(/[^.]0(MiB|\.0\/s)/);
});

test("servers of which no limit is known are not said to be far from it", async () => {
  const { pdf } = await made(fleetReport, as("owner", clock), {});
  expect(textOf(pdf, 1)).toContain(squeezed("1 server; nothing can be foretold yet."));
});

test("a gap within the period is told, with its begin and end", async () => {
  const { pdf } = await made(fleetReport, as("owner", clock), { range: "30d", tz });
  expect(textOf(pdf)).toContain(squeezed("26 Oct 2026, 11:00 27 Oct 2026, 11:00 1 day"));
});

test("what the asker's rights do not cover is left out, and named", async () => {
  const { pdf } = await made(fleetReport, allowed("reports:read", "metrics:read"), {});
  const text = textOf(pdf);
  expect(text).not.toContain("invoiceisoverdue");
  expect(text).toContain(squeezed("do not cover: changes of status, bulk runs, the state of the installation."));
  expect(textOf((await made(fleetReport, as("owner", clock), {})).pdf)).toContain("invoiceisoverdue");
});

test("a scope holds: other tenants and whole servers are not in the report", async () => {
  const scope = { kind: "region" as const, values: ["us"] };
  const { pdf } = await made(fleetReport, as("viewer", { ...clock, scope }), {});
  const text = textOf(pdf);
  const within = names.filter((_, index) => (index + 1) % 4 === 0);
  for (const name of names) expect([name, text.includes(squeezed(name))]).toEqual([name, within.includes(name)]);
  expect(text).toContain(squeezed("tenants within reach: region us"));
  expect(text).toContain(squeezed("servers and how full they are"));
  expect(text).not.toContain(squeezed("size not known"));
});

test("a narrowed report tells by what, and of no other tenant", async () => {
  const { pdf } = await made(fleetReport, as("viewer", clock), { status: ["suspended"] });
  const text = textOf(pdf);
  expect(text).toContain(squeezed("all tenants, with status suspended"));
  expect(names.filter((name) => text.includes(squeezed(name)))).toEqual([names[7]]);
});

test("figures that were made up for the demonstration are said to be, on the first page", async () => {
  await control.sql(`INSERT INTO usage_source_sets (sources) VALUES ('{"cpu": "generated"}')`);
  await control.sql(
    `UPDATE server_usage_hours SET source_set = (SELECT id FROM usage_source_sets WHERE sources::text LIKE '%generated%')
      WHERE at < $1`,
    [new Date(now.getTime() - 2 * day)],
  );
  try {
    const later = { now: () => new Date(now.getTime() + 60_000) };
    const { pdf } = await made(fleetReport, as("owner", later), {});
    expect(textOf(pdf, 1)).toContain(squeezed("were made up for the demonstration: nobody measured them."));
  } finally {
    await control.sql("UPDATE server_usage_hours SET source_set = (SELECT min(id) FROM usage_source_sets)");
  }
});

test("a tenant's report has its name for a title, its figures, and what happened", async () => {
  await control.sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at)
     VALUES ($1, 'migrated', 'Migrated to 0007', 'ada@example.com', $2)`,
    [fifth, new Date(now.getTime() - 3 * day)],
  );
  const { pdf } = await made(tenantReport, as("owner", clock), { id: fifth, range: "30d", tz });
  const text = textOf(pdf);
  expect(toldBy("pdfinfo", pdf)).toContain(`Title:           ${names[4]}, 4 Oct 2026`);
  expect(text).toContain(squeezed("Migrated to 0007 ada@example.com"));
  const { tenants } = await perform(listTenantUse, as("owner", clock), { ...month, sort: "name" as const });
  const figures = tenants.find(({ tenant }) => tenant.id === fifth)?.figures;
  expect(text).toContain(squeezed(`Storage ${shownValue("storage", figures?.storage?.avg)}`));
  expect(pdf.toString("latin1")).toContain("pdfuaid:part");
  expect(pagesOf(pdf).filter(({ ink, beyond }) => ink < 200 || beyond > 0)).toEqual([]);
});

test("a tenant out of reach has no report", async () => {
  const scope = { kind: "region" as const, values: ["us"] };
  await expect(made(tenantReport, as("viewer", { ...clock, scope }), { id: fifth })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a character that no font has does not keep the report from being made", async () => {
  await control.sql("UPDATE tenants SET name = 'Tamil தமிழ் Ltd' WHERE id = $1", [fifth]);
  const { pdf } = await made(tenantReport, as("owner", clock), { id: fifth });
  expect(toldBy("pdfinfo", pdf)).toMatch(/^Tagged: +yes$/m);
  expect(textOf(pdf)).toContain("Tamil");
});

test("a report that is cancelled is not made", async () => {
  const stop = new AbortController();
  const progress = () => stop.abort(new Error("cancelled"));
  const ctx = as("owner", { ...clock, signal: stop.signal });
  const making = fleetReport.make(ctx, fleetReport.input.parse({}), progress);
  await expect(making.next()).rejects.toThrow("cancelled");
});

test("500 tenants with odd names are all listed, on pages of which none is empty", async () => {
  const all = await writeFleet(control, 500);
  const { pdf } = await made(fleetReport, as("owner", clock), { range: "7d", tz });
  const text = textOf(pdf);
  expect(all.filter((name) => !text.includes(squeezed(name)))).toEqual([]);
  expect(pdf.toString("latin1")).toContain("pdfuaid:part");
  const pages = pagesOf(pdf);
  expect(pages.length).toBeGreaterThan(15);
  expect(pages.filter(({ ink, beyond }) => ink < 200 || beyond > 0)).toEqual([]);
  expect(text).toContain(squeezed(`${pages.length} of ${pages.length}`));
}, 120_000);

test("an installation without tenants has a report too", async () => {
  await writeFleet(control, 0);
  const { pdf } = await made(fleetReport, as("owner", clock), {});
  const text = textOf(pdf);
  expect(text).toContain(squeezed("Tenants 0"));
  expect(text).toContain(squeezed("There are no tenants."));
  expect(pagesOf(pdf).filter(({ ink, beyond }) => ink < 200 || beyond > 0)).toEqual([]);
}, 60_000);

import { createTenant, expect, expectAccessible, test } from "./fixtures";

type Sql = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

const slugs = { steep: "steep-hills", level: "level-plains" } as const;

/**
 * Two days of CPU in minutes and hours, as the roll-up would write them: what it was up to 26 hours ago, and what it is
 * since 24 hours ago. In between nothing is known: a period begins with a whole step, and at which minute of the hour it is
 * asked must not show.
 */
async function writePast(sql: Sql, slug: string, before: number, since: number): Promise<void> {
  const { rows } = await sql(
    `INSERT INTO usage_source_sets (sources) VALUES ('{"cpu": "proc"}')
     ON CONFLICT (sources) DO UPDATE SET sources = EXCLUDED.sources RETURNING id`,
  );
  await sql(
    `INSERT INTO tenant_usage_minutes (at, tenant_id, source_set, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last)
     SELECT at, t.id, $2, v * 60000, 60000, v, v, v
     FROM tenants t, generate_series(date_trunc('minute', now()) - interval '50 hours', now() - interval '5 minutes', '1 minute') at,
       LATERAL (SELECT CASE WHEN at > now() - interval '1 day' THEN $4 ELSE $3 END::float8 AS v)
     WHERE t.slug = $1 AND NOT (at > now() - interval '26 hours' AND at <= now() - interval '1 day')
     ON CONFLICT (tenant_id, at) DO NOTHING`,
    [slug, rows[0]?.id, before, since],
  );
  await sql(
    `INSERT INTO tenant_usage_hours (at, tenant_id, source_set, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last)
     SELECT date_trunc('hour', m.at), t.id, $2, sum(cpu_sum), sum(cpu_ms), min(cpu_min), max(cpu_max), (array_agg(cpu_last ORDER BY m.at DESC))[1]
     FROM tenants t JOIN tenant_usage_minutes m ON m.tenant_id = t.id
     WHERE t.slug = $1 AND m.at < date_trunc('hour', now()) AND cpu_ms > 0
     GROUP BY 1, 2 ON CONFLICT (tenant_id, at) DO NOTHING`,
    [slug, rows[0]?.id],
  );
  await sql(
    `INSERT INTO usage_rollups (level, until)
     VALUES ('minute', date_trunc('minute', now()) - interval '2 minutes'), ('hour', date_trunc('hour', now())), ('day', date_trunc('day', now(), 'UTC'))
     ON CONFLICT (level) DO NOTHING`,
  );
}

test("the overview leads to who moved, and from there to the tenant's history", async ({ page, login, sql }) => {
  test.setTimeout(180_000);
  await login("owner");
  await createTenant(page, "Steep Hills");
  await createTenant(page, "Level Plains");
  await writePast(sql, slugs.steep, 10, 60);
  await writePast(sql, slugs.level, 5, 5);

  await page.goto("/analytics");
  await expect(page.getByRole("heading", { level: 1, name: "Analytics" })).toBeVisible();
  const rose = page.getByRole("region", { name: "CPU: rose most" });
  await expect(rose.getByRole("link", { name: "Steep Hills" })).toBeVisible();
  // The tenant is real, so what was measured of it meanwhile weighs in.
  await expect(rose).toContainText(/to(59|60)\.\d%/);
  await expect(rose.getByRole("link", { name: "Level Plains" })).toHaveCount(0);
  await rose.getByRole("link", { name: "Steep Hills" }).click();
  await expect(page).toHaveURL(/\/tenants\/[0-9a-f-]+\/history/);
});

test("period and tenants stand in the address, survive a reload, and go along to the other pages", async ({
  page,
  login,
}) => {
  await login("viewer");
  await page.goto("/analytics");
  await page.getByRole("radiogroup", { name: "Period" }).getByText("7d", { exact: true }).click();
  await expect(page).toHaveURL(/range=7d/);
  const narrowed = page.waitForResponse(/analytics\/overview\?.*search=steep/);
  await page.getByLabel("Search tenants").fill("steep");
  await narrowed;
  await expect(page).toHaveURL(/search=steep/);
  await page.reload();
  await expect(page.getByLabel("Search tenants")).toHaveValue("steep");
  await expect(page.getByRole("radio", { name: "7d" })).toBeChecked();
  const tabs = page.getByRole("navigation", { name: "Analytics" });
  await tabs.getByRole("link", { name: "Tenants" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Who uses what" })).toBeVisible();
  await expect(page).toHaveURL(/range=7d/);
  const table = page.getByRole("table", { name: "Tenants by CPU" });
  await expect(table.getByRole("link", { name: "Steep Hills" })).toBeVisible();
  await expect(table.getByRole("link", { name: "Level Plains" })).toHaveCount(0);
  await page.getByLabel("Search tenants").fill("no such tenant at all");
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(table.getByRole("link", { name: "Level Plains" })).toBeVisible();

  await page.goto("/analytics?from=2090-01-01T00:00:00Z&range=7d");
  await expect(page.getByRole("heading", { level: 1, name: "Analytics" })).toBeVisible();
  await expect(page.getByText(/compared with the week before/)).toBeVisible();
  await expect(page.getByText(/the begin lies in the future. Shown instead: the last 7 days/)).toBeVisible();
});

test("the table of who uses what is sorted by what was asked for", async ({ page, login }) => {
  await login("viewer");
  await page.goto("/analytics/tenants");
  const table = page.getByRole("table", { name: "Tenants by CPU" });
  const names = table.locator("tbody").getByRole("link");
  await expect(names.first()).toHaveText("Steep Hills");
  await expect(table.getByRole("columnheader", { name: "Mean" })).toHaveAttribute("aria-sort", "descending");
  await table.getByRole("button", { name: "Tenant" }).click();
  await expect(table.getByRole("columnheader", { name: "Tenant" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/by=name/);
  await expect(names.first()).not.toHaveText("Steep Hills");
});

test("a cell of the heat map leads to the tenant at that time", async ({ page, login }) => {
  await login("viewer");
  await page.goto("/analytics/heatmap?search=steep");
  const map = page.getByRole("region", { name: /^CPU of 1 tenants over time/ });
  await map.focus();
  await map.press("ArrowRight");
  for (let step = 0; step < 10; step++) await map.press("ArrowLeft");
  await expect(page.getByText("60.0 %").last()).toBeVisible();
  await map.press("Enter");
  await expect(page).toHaveURL(/\/tenants\/[0-9a-f-]+\/history\?.*from=/);
});

test("who reaches a part of the fleet sees that part alone, and no tab that needs all of it", async ({
  page,
  login,
  sql,
}) => {
  await sql("UPDATE tenants SET region = 'plains-land' WHERE slug = $1", [slugs.level]);
  const user = await login("viewer");
  await sql("UPDATE users SET scope = $2 WHERE id = $1", [
    user,
    JSON.stringify({ kind: "region", values: ["plains-land"] }),
  ]);
  await page.goto("/analytics/tenants");
  const table = page.getByRole("table", { name: "Tenants by CPU" });
  await expect(table.getByRole("link", { name: "Level Plains" })).toBeVisible();
  await expect(table.getByRole("link", { name: "Steep Hills" })).toHaveCount(0);
  const tabs = page.getByRole("navigation", { name: "Analytics" });
  await expect(tabs.getByRole("link", { name: "Growth" })).toBeVisible();
  for (const name of ["Capacity", "Neighbours"]) await expect(tabs.getByRole("link", { name })).toHaveCount(0);
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing on the fleet's pages: ${scheme}, ${width}`, async ({ page, login }) => {
      test.setTimeout(180_000);
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      await login("owner");
      for (const path of ["", "/tenants", "/use/cpu", "/use/storage", "/performance", "/heatmap", "/growth"]) {
        await page.goto(`/analytics${path}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${path} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
      }
    });
  }
}

import type { Page } from "@playwright/test";
import { newId } from "@/lib/kernel/ids";
import { expect, expectAccessible, test } from "./fixtures";

type Sql = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour).toISOString();

/** A tenant that is in the registry alone, so that nobody measures it: its history is what a journey writes. */
async function register(sql: Sql, name: string): Promise<string> {
  const id = newId(new Date());
  const slug = name.toLowerCase().replaceAll(" ", "-");
  await sql(
    `INSERT INTO tenants (id, status, server_id, slug, name, plan, region, database, role, secret, settings, updated_at)
     SELECT $1, 'inactive', id, $2, $3, 'starter', region, $2, $2, '\\x00', '{"limits":{"storageMb":2048}}', now()
       FROM servers ORDER BY created_at LIMIT 1`,
    [id, slug, name],
  );
  return id;
}

/** A value of storage a day, up to yesterday, that grows by about 12 MiB a day. */
async function grow(sql: Sql, tenant: string, days: number): Promise<void> {
  await sql(
    `WITH sources AS (
       INSERT INTO usage_source_sets (sources) VALUES ('{"storage":"pg_database_size"}')
       ON CONFLICT (sources) DO UPDATE SET sources = excluded.sources RETURNING id
     ), days AS (
       SELECT n, date_trunc('day', now(), 'UTC') - n * interval '1 day' AS at,
              600 + ($2 - n) * 12 + 4 * sin(n * 1.7) AS value
         FROM generate_series(1, $2::int) AS n
     )
     INSERT INTO tenant_usage_days (at, tenant_id, storage_sum, storage_ms, storage_min, storage_max, storage_last, source_set)
     SELECT at, $1, value * 86400000, 86400000, value, value, value, (SELECT id FROM sources) FROM days`,
    [tenant, days],
  );
}

/** Five hours in which one tenant's CPU and the other's response time move together from minute to minute. */
async function disturb(sql: Sql, loud: string, slow: string): Promise<void> {
  await sql(
    `WITH sources AS (
       INSERT INTO usage_source_sets (sources) VALUES ('{"cpu":"proc","latency":"runtime"}')
       ON CONFLICT (sources) DO UPDATE SET sources = excluded.sources RETURNING id
     ), minutes AS (
       SELECT date_trunc('minute', now()) - n * interval '1 minute' AS at, ((n * 7919) % 101)::float8 AS noise
         FROM generate_series(10, 310) AS n
     ), loud AS (
       INSERT INTO tenant_usage_minutes (at, tenant_id, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last, source_set)
       SELECT at, $1, noise * 60000, 60000, noise, noise, noise, (SELECT id FROM sources) FROM minutes
     )
     INSERT INTO tenant_usage_minutes (at, tenant_id, latency_sum, latency_ms, latency_min, latency_max, latency_last, source_set)
     SELECT at, $2, (5 + noise) * 60000, 60000, 5 + noise, 5 + noise, 5 + noise, (SELECT id FROM sources) FROM minutes`,
    [loud, slow],
  );
}

async function happened(sql: Sql, tenant: string, type: string, description: string, from: string): Promise<void> {
  await sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, ip_address, created_at, metadata)
     VALUES ($1, $2, $3, 'ada@example.com', '203.0.113.9', $4, '{"user":"ada@example.com"}')`,
    [tenant, type, description, from],
  );
}

test("the forecast says when a limit is reached, shows how it was made, and refuses a short history", async ({
  page,
  sql,
  login,
}) => {
  await login("owner");
  const growing = await register(sql, "Growing Greens");
  const young = await register(sql, "Young Yarns");
  await grow(sql, growing, 60);
  await grow(sql, young, 5);
  await page.goto("/analytics/forecast");
  const reached = page.getByRole("table", { name: "When limits are reached" });
  const row = reached.getByRole("row", { name: /Growing Greens/ });
  await expect(row).toContainText(/In \d+ (to \d+ )?days/);
  await expect(row).toContainText("of 2.00 GiB");
  await expect(row).toContainText(/\+1[12]\.\d MiB a day/);
  const refused = page.getByRole("table", { name: "Nothing foretold" });
  await expect(refused.getByRole("row", { name: /Young Yarns/ })).toContainText("14 are needed");

  await row.getByRole("button", { name: "Growing Greens" }).click();
  await expect(page).toHaveURL(new RegExp(`tenant=${growing}`));
  const detail = page.getByRole("dialog", { name: "How the forecast was made" });
  await expect(detail.getByText(/In the past, \d+ % of what came lay in the band/)).toBeVisible();
  await expect(detail.getByRole("button", { name: /^Limit/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/tenant=/);
});

test("capacity shows a server's limits, and an anomaly leads to the history at its time", async ({
  page,
  sql,
  login,
}) => {
  await login("owner");
  await sql("UPDATE servers SET storage_capacity_mb = 4096, max_connections = 300");
  const odd = await register(sql, "Odd Orchards");
  const from = ago(30);
  await sql(
    `INSERT INTO usage_anomalies (tenant_id, metric, started_at, ended_at, direction, peak, expected, score)
     VALUES ($1, 'cpu', $2, $3, 'high', 84, 20, 9)`,
    [odd, from, ago(28)],
  );
  await page.goto("/analytics/capacity");
  const server = page.getByRole("list", { name: "Servers" }).getByRole("listitem").first();
  await expect(server.getByRole("article", { name: "Disk" })).toContainText("of 4.00 GiB");
  await expect(server.getByRole("article", { name: "Connections" })).toContainText(/of [\d,]+/);

  await page.goto("/analytics/anomalies");
  const row = page.getByRole("table", { name: "Anomalies" }).getByRole("row", { name: /Odd Orchards/ });
  await expect(row).toContainText("CPU: 4.2 times what is usual at that hour");
  await expect(row).toContainText("for 2 h");
  await row.getByRole("link", { name: "History of Odd Orchards at that time" }).click();
  await expect(page).toHaveURL(new RegExp(`/tenants/${odd}/history\\?from=.*metric=cpu`));
  const begin = new URL(page.url()).searchParams.get("from") ?? "";
  expect(Date.parse(from) - Date.parse(begin)).toBeGreaterThan(23 * hour);
  await expect(page.getByRole("heading", { level: 1, name: /Odd Orchards/ })).toBeVisible();
});

test("a planted pair of neighbours is shown as going together, not as a cause", async ({ page, sql, login }) => {
  await login("owner");
  const loud = await register(sql, "Loud Looms");
  const slow = await register(sql, "Slow Sewing");
  await disturb(sql, loud, slow);
  await page.goto("/analytics/neighbours");
  await expect(page.getByText("To go together is not to cause.")).toBeVisible();
  const pair = page.getByRole("list", { name: "Pairs" }).getByRole("button", { name: /Loud Looms.*Slow Sewing/ });
  await expect(pair).toContainText("by chance");
  await pair.click();
  await expect(page).toHaveURL(new RegExp(`pair=${loud}`));
  await expect(page.getByRole("heading", { name: "Both over time" })).toBeVisible();
  await expect(page.getByRole("link", { name: "History of Slow Sewing" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Both over time" })).toBeVisible();
});

test("activity is narrowed in the address, and sign-ins are counted", async ({ page, sql, login }) => {
  await login("owner");
  const busy = await register(sql, "Busy Bees");
  await happened(sql, busy, "status_changed", "Status changed from active to suspended for the bees", ago(1));
  await happened(sql, busy, "signed_in", "ada@example.com signed in to the bees", ago(2));
  await happened(sql, busy, "signed_in", "ada@example.com signed in to the bees", ago(3));
  await happened(sql, busy, "sign_in_failed", "Sign-in of ada@example.com to the bees failed", ago(4));
  await page.goto("/analytics/activity");
  await page.getByRole("searchbox", { name: "Words in the description" }).fill("the bees");
  await expect(page).toHaveURL(/text=the(\+|%20)bees/);
  const items = page.getByRole("listitem").filter({ hasText: "the bees" });
  await expect(items).toHaveCount(4);
  await page.getByRole("button", { name: /^Failures/ }).click();
  await expect(page).toHaveURL(/group=failures/);
  await expect(items).toHaveCount(1);
  await expect(items.getByRole("img", { name: "Failed" })).toBeVisible();
  await page.reload();
  await expect(items).toHaveCount(1);

  await page.goto(`/analytics/sign-ins?tenant=${busy}`);
  const row = page.getByRole("table", { name: "Sign-ins by tenant" }).getByRole("row", { name: /Busy Bees/ });
  await expect(row.getByRole("cell")).toContainText(["Busy Bees", "2", "1", "1"]);
  await expect(page.getByRole("list", { name: "Failing addresses" })).toContainText("203.0.113.9");
});

test("without the right to see activity there is neither its tab nor its page", async ({ page, sql, login }) => {
  await sql(
    "INSERT INTO custom_roles (name, permissions) VALUES ('figures', '{tenants:read,metrics:read}') ON CONFLICT (name) DO NOTHING",
  );
  const user = await login("viewer");
  await sql("UPDATE users SET role = 'figures' WHERE id = $1", [user]);
  await page.goto("/analytics/anomalies");
  const tabs = page.getByRole("navigation", { name: "Analytics" });
  await expect(tabs.getByRole("link", { name: "Forecast" })).toBeVisible();
  await expect(tabs.getByRole("link", { name: /^(Activity|Sign-ins)$/ })).toHaveCount(0);
  await page.goto("/analytics/activity");
  await expect(page.getByRole("heading", { name: "You may not see this page" })).toBeVisible();
});

const places = ["forecast", "capacity", "anomalies", "neighbours", "activity", "sign-ins"];

async function expectNothingSideways(page: Page, path: string): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const scheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries({
    desktop: { width: 1440, height: 900 },
    phone: { width: 390, height: 844 },
  })) {
    test(`axe finds nothing on the pages of insights, and none scrolls sideways: ${scheme}, ${size}`, async ({
      page,
      login,
    }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(viewport);
      await login("owner");
      for (const place of places) {
        await page.goto(`/analytics/${place}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
        await expectNothingSideways(page, place);
      }
    });
  }
}

import type { Locator, Page } from "@playwright/test";
import { startTestDns, type TestDns } from "@/lib/domains/testing-dns";
import { ask, expect, test } from "./fixtures";
import { makeTenants } from "./fleet";
import { addPasskey, arrive, confirmByPasskey } from "./people";
import { expectFits, sizes } from "./sizes";

test.describe.configure({ timeout: 240_000 });

let dns: TestDns;
test.beforeAll(async () => {
  dns = await startTestDns(Number(process.env.E2E_DNS_PORT));
});
test.afterAll(() => dns.close());

/** Chooses an action for the chosen tenants: from its group's menu, or on a phone from the one list of all. */
async function startAction(page: Page, phone: boolean, action: string): Promise<void> {
  const bar = page.getByRole("region", { name: "Selected tenants" });
  await bar.getByRole("button", { name: phone ? "Actions" : "Status", exact: true }).click();
  const item: Locator = page.getByRole(phone ? "button" : "menuitem", { name: `${action}…`, exact: true });
  await item.click();
}

for (const { name, viewport } of sizes) {
  test.describe(name, () => {
    test.use({ viewport });

    test(`many tenants are filtered, chosen, suspended by a confirmed run, and that is undone: ${name}`, async ({
      page,
      sql,
    }) => {
      const tag = `crowd-${name}`;
      const slugs = Array.from({ length: 6 }, (_, n) => `${tag}-${n}`);
      await addPasskey(page, await arrive(page, sql, "operator"));
      await makeTenants(page, sql, slugs.slice(0, 3));
      await sql("UPDATE tenants SET tags = ARRAY[$2] WHERE slug = ANY($1)", [slugs, tag]);
      await page.goto(`/tenants?tag=${tag}`);
      await expect(page.getByRole("link", { name: `${tag}-0` })).toBeVisible();
      if (name === "desktop") await page.getByRole("checkbox", { name: "Select all tenants on this page" }).check();
      else
        for (const n of [0, 1, 2])
          await page.getByRole("checkbox", { name: `Select ${tag}-${n} (${tag}-${n})` }).check();
      await expect(page.getByText("3 selected").last()).toBeVisible();
      await expectFits(page);
      await startAction(page, name === "phone", "Suspend");
      await page.getByRole("button", { name: "Make the plan" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/3 tenants$/);
      await expectFits(page);
      await page.getByRole("button", { name: "Confirm and start" }).click();
      await confirmByPasskey(page, /3 tenants\./);
      const progress = page.getByRole("region", { name: "Progress" });
      await expect(progress).toContainText("3 done", { timeout: 60_000 });
      for (const slug of slugs.slice(0, 3)) expect((await ask(`${slug}.localhost`)).status).toBe(403);

      await page.getByRole("button", { name: "Undo for 3 tenants…" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Undo: /);
      await page.getByRole("button", { name: "Confirm and start" }).click();
      await confirmByPasskey(page, /^Undo: /);
      await expect(progress).toContainText("3 done", { timeout: 60_000 });
      await expect.poll(async () => (await ask(`${slugs[0]}.localhost`)).status, { timeout: 10_000 }).toBe(200);
      await expectFits(page);
    });

    test(`a domain is added, its record is put into DNS, and it answers: ${name}`, async ({ page, login, sql }) => {
      const host = `www.${name}-house.example`;
      await login("operator");
      await page.goto("/");
      await makeTenants(page, sql, [`${name}-house`]);
      const { rows } = await sql("SELECT id FROM tenants WHERE slug = $1", [`${name}-house`]);
      await page.goto(`/tenants/${rows[0].id}`);
      const panel = page.getByRole("region", { name: "Domains" });
      await panel.getByRole("button", { name: "Add domain" }).click();
      const dialog = page.getByRole("dialog", { name: "Add a domain" });
      await dialog.getByLabel("Domain").fill(host);
      await dialog.getByRole("button", { name: "Add domain" }).click();
      await expect(dialog.getByText("Now put this record into its DNS")).toBeVisible();
      await expectFits(page);
      await dialog.getByRole("button", { name: "Done" }).click();
      const row = panel.getByRole("listitem", { name: host });
      const value = (await row.getByRole("button", { name: /^Copy record's value/ }).innerText()).trim();
      dns.names.set(`_tenantry.${host}`, { txt: [[value]] });
      await row.getByRole("button", { name: "Check now" }).click();
      await expect(row.getByText("Verified")).toBeVisible();
      await expect.poll(async () => (await ask(host)).status, { timeout: 5000 }).toBe(200);
      await expectFits(page);
    });

    test(`from what grew to its forecast to the limit that is set: ${name}`, async ({ page, sql }) => {
      await addPasskey(page, await arrive(page, sql, "operator"));
      const title = `growing-${name}`;
      await page.goto("/");
      await makeTenants(page, sql, [title]);
      const { rows } = await sql("SELECT id FROM tenants WHERE slug = $1", [title]);
      const id: string = rows[0].id;
      // The past that is put in leads up to what is measured.
      const size = "SELECT storage FROM tenant_usage_latest WHERE tenant_id = $1";
      await expect.poll(async () => (await sql(size, [id])).rows[0]?.storage, { timeout: 60_000 }).toBeGreaterThan(0);
      for (const [table, unit] of [
        ["tenant_usage_days", "day"],
        ["tenant_usage_hours", "hour"],
      ] as const)
        await sql(
          `WITH sources AS (
             INSERT INTO usage_source_sets (sources) VALUES ('{"storage":"pg_database_size"}')
             ON CONFLICT (sources) DO UPDATE SET sources = excluded.sources RETURNING id
           ), steps AS (
             SELECT at, extract(epoch FROM $2::interval) * 1000 AS ms,
                    storage - extract(epoch FROM now() - at) / 864000 + 0.02 * sin(extract(day FROM at) * 1.7) AS value
               FROM tenant_usage_latest,
                    generate_series(date_trunc($3, now(), 'UTC') - interval '60 days',
                                    date_trunc($3, now(), 'UTC') - $2::interval, $2::interval) AS at
              WHERE tenant_id = $1
           )
           INSERT INTO ${table} (at, tenant_id, storage_sum, storage_ms, storage_min, storage_max, storage_last, source_set)
           SELECT at, $1, value * ms, ms, value, value, value, (SELECT id FROM sources) FROM steps`,
          [id, `1 ${unit}`, unit],
        );
      await sql(`UPDATE tenants SET settings = '{"limits":{"storageMb":10}}' WHERE id = $1`, [id]);
      await page.goto("/analytics/growth?range=30d");
      await page.getByPlaceholder("Name, slug or domain").fill(title);
      await expect(page.getByRole("link", { name: title }).first()).toBeVisible();
      await expectFits(page);
      await page.goto("/analytics/forecast");
      await page.getByRole("button", { name: title }).click();
      const detail = page.getByRole("dialog", { name: "How the forecast was made" });
      await expect(detail.getByText("10.0 MiB").first()).toBeVisible();
      await expectFits(page);
      await page.goto(`/tenants/${id}`);
      await page.getByRole("link", { name: "Set limits" }).click();
      await page.getByRole("textbox", { name: "Storage" }).fill("20");
      await page.getByRole("button", { name: "Make the plan" }).click();
      await page.getByRole("button", { name: "Confirm and start" }).click();
      await confirmByPasskey(page, /^Set limits: 20 MiB/);
      await expect(page.getByRole("region", { name: "Progress" })).toContainText("1 done", { timeout: 60_000 });
      await page.goto(`/tenants/${id}`);
      await expect(page.getByText("20 MiB storage, watched")).toBeVisible();
    });
  });
}

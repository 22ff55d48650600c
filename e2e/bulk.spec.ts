import type { Page } from "@playwright/test";
import type pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { openDatabase } from "./databases";
import { expect, expectAccessible, test } from "./fixtures";
import { makeTenants, type Sql } from "./fleet";
import { addPasskey, arrive, confirmByCode, confirmByPasskey } from "./people";

const latest = "20261121163100_page_views";

test.describe.configure({ timeout: 240_000 });

/** Rows of the registry without a database: enough for what changes the registry alone. */
async function makePaperTenants(sql: Sql, many: number): Promise<void> {
  for (let n = 0; n < many; n += 1) {
    const slug = `paper-${String(n).padStart(3, "0")}`;
    await sql(
      `INSERT INTO tenants (id, status, server_id, slug, name, tags, plan, region, database, role, secret, updated_at)
       SELECT $1, 'inactive', id, $2, $2, '{paper}', 'starter', region, $2, $2, '\\x00', now() - interval '1 day'
         FROM servers ORDER BY created_at LIMIT 1`,
      [newId(new Date()), slug],
    );
  }
}

/** A connection to a tenant's own database, as the server's administrator. */
async function connectTo(sql: Sql, slug: string): Promise<pg.Client> {
  return await openDatabase((await sql("SELECT database FROM tenants WHERE slug = $1", [slug])).rows[0].database);
}

/** Chooses everything on the page and an action for it; leaves the page of the new run open. */
async function startAction(page: Page, group: string, action: string): Promise<void> {
  const bar = page.getByRole("region", { name: "Selected tenants" });
  await bar.getByRole("button", { name: group, exact: true }).click();
  await page.getByRole("menuitem", { name: `${action}…`, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: action })).toBeVisible();
}

const outcome = (page: Page) => page.getByRole("region", { name: "Progress" });

test("tenants are migrated: planned, confirmed, paused, resumed, one fails for real and is tried again", async ({
  page,
  sql,
}) => {
  const owner = await arrive(page, sql, "owner");
  const slugs = ["fleet-a", "fleet-b", "fleet-c", "fleet-d"];
  await makeTenants(page, sql, slugs);

  // Back by one migration, confirmed by a code.
  await page.goto("/tenants?search=fleet-");
  const table = page.getByRole("table", { name: "Tenants" });
  await expect(table.getByRole("row")).toHaveCount(slugs.length + 1);
  await table.getByRole("checkbox", { name: "Select all tenants on this page" }).check();
  await expect(page.getByText("4 selected").last()).toBeVisible();
  await startAction(page, "Schema", "Roll back a migration");
  await expect(page.getByText("4 tenants, chosen one by one.")).toBeVisible();
  await page.getByRole("combobox", { name: "Migration" }).click();
  await page.getByRole("option", { name: latest }).click();
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Roll back ${latest}, for 4 tenants`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Confirm and start" }).click();
  await confirmByCode(page, owner, /^Roll back .+, for 4 tenants\. .+ Plan [0-9a-f]{12}\.$/);
  await expect(outcome(page).getByText("4 done", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("status").getByText("Finished", { exact: true })).toBeVisible();

  // Forward again; one database has a table in the way, another is locked by somebody.
  const conflicting = await connectTo(sql, "fleet-b");
  await conflicting.query("CREATE TABLE page_views (id int)");
  const locked = await connectTo(sql, "fleet-c");
  await locked.query("BEGIN; LOCK TABLE _prisma_migrations IN ACCESS EXCLUSIVE MODE");
  await addPasskey(page, owner);
  await page.goto("/schema");
  await expect(page.getByRole("heading", { level: 1, name: "Schema" })).toBeVisible();
  await page.getByRole("link", { name: /^Migrate the .+ behind…$/ }).click();
  await page.getByText("Change how it runs").click();
  await page.getByRole("combobox", { name: "Canary" }).click();
  await page.getByRole("option", { name: "None: all at once" }).click();
  await page.getByRole("combobox", { name: "Counted in" }).click();
  await page.getByRole("option", { name: "Tenants", exact: true }).click();
  await page.getByLabel("Failures it puts up with").fill("4");
  await page.getByLabel("Attempts").fill("6");
  await expect(page.getByText("It pauses when more than 4 tenants fail.")).toBeVisible();
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Migrate to the newest version, for 4 tenants");
  await page.getByRole("button", { name: "Confirm and start" }).click();
  await confirmByPasskey(page, /^Migrate to the newest version, for 4 tenants\./);

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(outcome(page).getByText("Paused.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Failed tenants" }).getByText("fleet-b").first()).toBeVisible();
  // As long as the table is locked the run can't come to its end by itself.
  await outcome(page).getByRole("button", { name: "Resume without them…" }).click();
  await expect(outcome(page).getByText("Paused.")).toBeHidden();
  await locked.query("ROLLBACK");
  await locked.end();
  await expect(page.getByRole("status").getByText("Finished with failures")).toBeVisible({ timeout: 60_000 });
  await expect(outcome(page)).toContainText(/3 done.*1 failed/);

  await page.getByRole("table", { name: "Failed tenants" }).getByRole("button", { name: "fleet-b" }).click();
  const drawer = page.getByRole("dialog", { name: "What happened to this tenant" });
  await expect(drawer.getByText(/already exists/).first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await conflicting.query("DROP TABLE page_views");
  await conflicting.end();
  await page.getByRole("button", { name: "Retry 1 failed" }).click();
  await expect(outcome(page)).toContainText("4 done", { timeout: 30_000 });
  await expect(page.getByRole("status").getByText("Finished", { exact: true })).toBeVisible();
  await expect(page.getByRole("table", { name: "Failed tenants" })).toHaveCount(0);
});

test("all that match are chosen but one, planned again when a tenant changed, done and taken back", async ({
  page,
  sql,
}) => {
  await makePaperTenants(sql, 60);
  try {
    const owner = await arrive(page, sql, "owner");
    await addPasskey(page, owner);
    await page.goto("/tenants?tag=paper&sort=slug");
    const table = page.getByRole("table", { name: "Tenants" });
    await table.getByRole("checkbox", { name: "Select paper-001 (paper-001)" }).check();
    await table.getByRole("checkbox", { name: "Select paper-003 (paper-003)" }).click({ modifiers: ["Shift"] });
    await expect(page.getByText("3 selected").last()).toBeVisible();
    await page.getByRole("checkbox", { name: "Select all tenants on this page" }).first().click();
    await expect(page.getByText("All 50 on this page are selected.")).toBeVisible();
    await page.getByRole("button", { name: "Select all 60 that match" }).click();
    await table.getByRole("checkbox", { name: "Select paper-007 (paper-007)" }).uncheck();
    await page.getByRole("button", { name: "Next page" }).click();
    await expect(table.getByRole("row")).toHaveCount(11);
    await expect(table.getByRole("checkbox", { name: "Select all tenants on this page" })).toBeChecked();
    await expect(page.getByText("59 selected").last()).toBeVisible();
    await startAction(page, "Settings", "Set plan");
    await expect(page.getByText("59 tenants: all that match tag paper, but 1.")).toBeVisible();
    // An address of its own: whoever gets it sees the same.
    await page.reload();
    await expect(page.getByText("59 tenants: all that match tag paper, but 1.")).toBeVisible();
    await page.getByRole("button", { name: "Make the plan" }).click();
    await expect(page.getByText("Choose one of the plans.")).toBeVisible();
    await page.getByRole("combobox", { name: "Plan" }).click();
    await page.getByRole("option", { name: "business" }).click();
    await page.getByRole("button", { name: "Make the plan" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Set the plan to business, for 59 tenants");
    await page.getByRole("button", { name: "Tell me when it ends" }).click();
    await expect(page.getByRole("button", { name: "You will be told" })).toBeVisible();

    await sql("UPDATE tenants SET version = version + 1 WHERE slug = 'paper-009'");
    await page.getByRole("button", { name: "Confirm and start" }).click();
    await expect(page.getByRole("alert", { name: "This plan is out of date" })).toBeVisible();
    await page.getByRole("button", { name: "Plan again" }).click();
    await page.getByRole("button", { name: "Confirm and start" }).click();
    await confirmByPasskey(page, /^Set the plan to business, for 59 tenants\./);
    await expect(page.getByText("Finished: Set the plan to business, for 59 tenants")).toBeVisible({ timeout: 30_000 });
    await expect(outcome(page)).toContainText("59 done");
    const plans = "SELECT count(*)::int AS n FROM tenants WHERE 'paper' = ANY (tags) AND plan = 'business'";
    expect((await sql(plans)).rows[0].n).toBe(59);

    await page.getByRole("button", { name: "Undo for 59 tenants…" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Undo: .+, for 59 tenants$/);
    await page.getByRole("button", { name: "Confirm and start" }).click();
    await confirmByPasskey(page, /^Undo: /);
    await expect(outcome(page)).toContainText("59 done", { timeout: 30_000 });
    expect((await sql(plans)).rows[0].n).toBe(0);
    await page.getByRole("link", { name: "this run" }).click();
    await expect(page.getByText("Taken back by")).toBeVisible();
  } finally {
    await sql("DELETE FROM tenants WHERE 'paper' = ANY (tags)");
  }
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing on the pages of bulk runs, and none scrolls sideways: ${scheme}, ${width}`, async ({
      page,
      login,
      sql,
    }) => {
      await makePaperTenants(sql, 3);
      try {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 844 });
        await login("owner");
        const look = async () => {
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expectAccessible(page);
          const sideways = () =>
            page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(await sideways(), `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
        };
        await page.goto("/tenants?tag=paper");
        const list = width === 390 ? page.getByRole("list", { name: "Tenants" }) : page.getByRole("table");
        await list.getByRole("checkbox", { name: /paper-001/ }).check();
        await look();
        const bar = page.getByRole("region", { name: "Selected tenants" });
        await bar.getByRole("button", { name: width === 390 ? "Actions" : "Remove" }).click();
        const item = page.getByRole(width === 390 ? "button" : "menuitem", { name: "Delete…" });
        await expect(item).toBeVisible();
        // Colours are measured once it has faded in.
        await expect(item.locator("xpath=ancestor::*[@data-position]")).toHaveCSS("opacity", "1");
        await look();
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Saved filters" }).click();
        await page.getByRole("button", { name: "Save the present filter…" }).click();
        await page
          .getByRole("dialog", { name: "Save this filter" })
          .getByLabel("Name")
          .fill(`paper ${scheme} ${width}`);
        await look();
        await page.getByRole("button", { name: "Save filter" }).click();
        await page.goto("/bulk/new?action=suspend&all=true&tag=paper");
        await page.getByText("Change how it runs").click();
        await look();
        await page.getByRole("button", { name: "Make the plan" }).click();
        await expect(page.getByRole("button", { name: "Confirm and start" })).toBeVisible();
        await look();
        await page.getByRole("table", { name: "Tenants of the run" }).getByRole("button").first().click();
        await expect(page.getByRole("dialog", { name: "What happened to this tenant" })).toBeVisible();
        await look();
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Discard this plan…" }).click();
        await look();
        await page.getByRole("button", { name: "Discard plan" }).click();
        await expect(page.getByRole("status").getByText("Cancelled", { exact: true })).toBeVisible();
        await look();
        for (const path of ["/bulk", "/schema"]) {
          await page.goto(path);
          await look();
        }
      } finally {
        await sql("DELETE FROM tenants WHERE 'paper' = ANY (tags)");
      }
    });
  }
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import type pg from "pg";
import { inDatabase } from "./databases";
import { createTenant, expect, expectAccessible, test } from "./fixtures";
import { addPasskey, arrive, confirmByCode, confirmByPasskey } from "./people";

// A tenant's data as people move it: out of one tenant, into another, and away.
test.describe.configure({ mode: "serial" });

type Sql = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

const folder = mkdtempSync(join(tmpdir(), "tenantry-data-"));
const exported = join(folder, "exported.sql.gz");

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function databaseOf(sql: Sql, slug: string): Promise<string> {
  return String((await sql("SELECT database FROM tenants WHERE slug = $1", [slug])).rows[0]?.database);
}

const shelf = (database: string) =>
  inDatabase(database, "SELECT sku FROM products WHERE sku LIKE 'HEN-%' ORDER BY sku");

async function openDialog(page: Page, item: string, title: string) {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: item }).click();
  const dialog = page.getByRole("dialog", { name: title });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Waits until the run on whose page the browser is has come to an end. */
async function ends(page: Page, word: "1 done" | "1 failed"): Promise<void> {
  await expect(page).toHaveURL(/\/bulk\/[0-9a-f-]{36}/);
  await expect(page.getByRole("region", { name: "Progress" }).getByText(word, { exact: true })).toBeVisible({
    timeout: 30_000,
  });
}

test("a tenant's data is exported, the run is followed to its end, and the file has the rows", async ({
  page,
  sql,
}) => {
  const owner = await arrive(page, sql, "owner");
  await createTenant(page, "Data Source");
  await inDatabase(
    await databaseOf(sql, "data-source"),
    `INSERT INTO products (sku, name, category, price_cents)
     VALUES ('HEN-1', E'Brown hen,\\tyoung', 'hens', 1900), ('HEN-2', 'Weiße Henne', 'hens', 2100)`,
  );
  const dialog = await openDialog(page, "Export data…", "Export the data of Data Source?");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Export" }).click();
  await confirmByCode(page, owner, "Export the data of data-source.");
  await ends(page, "1 done");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Data Source" }).click();
  const drawer = page.getByRole("dialog", { name: "What happened to this tenant" });
  const saved = page.waitForEvent("download");
  await drawer.getByRole("link", { name: /^Download data-source.*\.sql\.gz/ }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^data-source.*\.sql\.gz$/);
  await file.saveAs(exported);
  const text = gunzipSync(readFileSync(exported)).toString("utf8");
  expect(text).toContain("-- The data of tenant data-source (Data Source)");
  expect(text).toMatch(/^COPY "public"\."products" \(.*\) FROM stdin;$/m);
  expect(text).toContain("HEN-1\tBrown hen,\\tyoung\thens\t1900");
  expect(text).toContain("HEN-2\tWeiße Henne\thens\t2100");
  expect(text.trimEnd()).toMatch(/COMMIT;$/);
});

test("a file that is no data is refused with its line and reason, an export is taken, and its rows are there", async ({
  page,
  sql,
}) => {
  const owner = await arrive(page, sql, "owner");
  await addPasskey(page, owner);
  await createTenant(page, "Data Target");
  const tenantPage = page.url();
  const database = await databaseOf(sql, "data-target");
  const bad = join(folder, "bad.sql");
  writeFileSync(bad, "-- Not what an export writes\nDROP TABLE products;\n");
  const title = "Import data into Data Target?";
  const dialog = await openDialog(page, "Import data…", title);
  const send = dialog.getByRole("button", { name: "Import", exact: true });
  await expect(send).toBeDisabled();
  await expectAccessible(page);
  await dialog.locator('input[type="file"]').setInputFiles(bad);
  await send.click();
  await confirmByPasskey(page, "Import data into the database of data-target.");
  await ends(page, "1 failed");
  await expect(page.getByText(/Line 2 of the file: only data is imported/).first()).toBeVisible();
  expect(await shelf(database)).toEqual([]);

  await page.goto(tenantPage);
  await openDialog(page, "Import data…", title);
  await dialog.locator('input[type="file"]').setInputFiles(exported);
  await send.click();
  await confirmByPasskey(page, "Import data into the database of data-target.");
  await ends(page, "1 done");
  expect(await shelf(database)).toEqual([{ sku: "HEN-1" }, { sku: "HEN-2" }]);
});

test("a database is reset when the slug is typed and confirmed: it is a new one, without the rows", async ({
  page,
  sql,
  askApp,
}) => {
  const owner = await arrive(page, sql, "owner");
  await page.goto("/tenants?search=data-target");
  await page.getByRole("link", { name: "Data Target" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Data Target" })).toBeVisible();
  const identity = async () => {
    const name = await databaseOf(sql, "data-target");
    return { name, oid: (await sql("SELECT oid FROM pg_database WHERE datname = $1", [name])).rows[0]?.oid as number };
  };
  const before = await identity();
  expect(await shelf(before.name)).toHaveLength(2);
  const dialog = await openDialog(page, "Reset the database…", "Reset the database of Data Target?");
  await expect(dialog.getByText("This can't be undone.")).toBeVisible();
  await expect(dialog.getByText("No export of it is known.")).toBeVisible();
  await expectAccessible(page);
  const reset = dialog.getByRole("button", { name: "Reset database" });
  const typed = dialog.getByLabel("Type data-target to confirm");
  await typed.fill("data-source");
  await expect(reset).toBeDisabled();
  await typed.fill("data-target");
  await dialog.getByLabel("Seed it").check();
  await reset.click();
  await confirmByCode(page, owner, "Reset the database of data-target, with no way back.");
  await ends(page, "1 done");
  const after = await identity();
  expect(after.oid).not.toBe(before.oid);
  expect(await shelf(after.name)).toEqual([]);
  expect(await inDatabase(after.name, "SELECT count(*)::int AS n FROM products")).toEqual([{ n: 3 }]);
  await expect.poll(async () => (await askApp("data-target")).status).toBe(200);
});

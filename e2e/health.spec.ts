import pg from "pg";
import { inDatabase } from "./databases";
import { createTenant, expect, expectAccessible, test } from "./fixtures";
import { arrive, confirmByCode } from "./people";

test("what was changed by hand on a server is found, mended with the second factor, and found no more", async ({
  page,
  sql,
}) => {
  test.setTimeout(240_000);
  const owner = await arrive(page, sql, "owner");
  await createTenant(page, "Healthy Hens");
  const { rows } = await sql("SELECT role, database FROM tenants WHERE slug = 'healthy-hens'");
  const [database, role] = [String(rows[0]?.database), String(rows[0]?.role)];
  // The worker mends statuses and limits by itself, at any moment; an owner it leaves to people.
  await inDatabase("postgres", `ALTER DATABASE ${pg.escapeIdentifier(database)} OWNER TO tenantry`);
  await inDatabase("postgres", "CREATE DATABASE e2e_nobodys");
  try {
    await page.goto("/health");
    await expect(page.getByRole("heading", { level: 1, name: "Health" })).toBeVisible();
    const parts = page.getByRole("list", { name: "Parts" });
    for (const [name, words] of [
      ["Control database", /answers in [\d.]+ ms; \d+ of \d+ connections left/],
      ["Workers", /\(\d+\) answered\./],
      ["Web processes", /\(\d+\) answered\./],
      ["Migrations of the control database", /all applied/],
      ["Key ring", /data keys? open/],
    ] as const) {
      const part = parts.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
      await expect(part).toContainText("Well");
      await expect(part).toContainText(words);
    }
    await expect(page.getByText("Not looked yet")).toBeVisible();
    await expectAccessible(page);

    const diagnose = page.getByRole("button", { name: "Diagnose" });
    await diagnose.click();
    const findings = page.getByRole("table", { name: "Findings" });
    const planted = findings.getByRole("row", { name: `The database ${database} belongs to tenantry.` });
    await expect(planted).toBeVisible();
    await expect(planted.getByRole("link", { name: "Healthy Hens" })).toBeVisible();
    const orphan = page.getByRole("table", { name: "Orphans" }).getByRole("row", { name: /e2e_nobodys/ });
    await expect(orphan).toContainText("Adopt it as a tenant's, or leave it");
    await expectAccessible(page);

    await planted.getByRole("button", { name: /^Mend/ }).click();
    await confirmByCode(page, owner, /^Mend a finding/);
    await expect(page.getByText("1 finding mended.")).toBeVisible();
    await expect(planted).toHaveCount(0);
    const after = await sql("SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1", [database]);
    expect(after.rows).toEqual([{ owner: role }]);
  } finally {
    await inDatabase("postgres", "DROP DATABASE e2e_nobodys");
  }
});

test("who may only look has no button to mend, and who may not look does not see the page", async ({ page, login }) => {
  await login("auditor");
  await page.goto("/health");
  await page.getByRole("button", { name: "Diagnose" }).click();
  await expect(page.getByRole("heading", { name: "Orphans" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Mend/ })).toHaveCount(0);
  await login("viewer");
  await page.goto("/health");
  await expect(page.getByRole("heading", { name: "You may not see this page" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: "Health" })).toHaveCount(0);
});

import type { Page } from "@playwright/test";
import pg from "pg";
import { createTenant, expect, expectAccessible, test } from "./fixtures";

/** SQL on the server that holds the tenants, as its administrator. */
async function onServer(text: string): Promise<void> {
  const url = new URL(process.env.E2E_DATABASE ?? "");
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

async function prove(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Prove now" }).click();
  const { servers } = await (await answered).json();
  expect(servers.map(({ error }: { error: string | null }) => error)).toEqual([null]);
  await expect(page.getByText(/^Every server was asked/).last()).toBeVisible();
}

test("a planted leak is named once it is looked for, and gone once it is mended", async ({ page, sql, login }) => {
  test.setTimeout(180_000);
  await login("owner");
  await createTenant(page, "Leaky Boats");
  await createTenant(page, "Tight Ships");
  const names = await sql(
    "SELECT slug, role, database FROM tenants WHERE slug IN ('leaky-boats', 'tight-ships') ORDER BY slug",
  );
  const [leaky, tight] = names.rows.map(({ role, database }) => ({
    role: pg.escapeIdentifier(role),
    database: pg.escapeIdentifier(database),
    name: String(role),
  }));
  if (!leaky || !tight) throw new Error("The tenants are not there.");

  await page.goto("/isolation");
  await prove(page);
  const leaks = page.getByRole("table", { name: "Leaks" });
  const planted = leaks.getByRole("row", { name: `The role ${tight.name} may connect to its database.` });
  await expect(planted).toHaveCount(0);
  await expect(
    page.getByRole("list", { name: "Servers" }).getByText(/\d+ tenants × \d+ roles, [\d,]+ pairs in/),
  ).toBeVisible();
  await expectAccessible(page);

  await onServer(`GRANT CONNECT ON DATABASE ${leaky.database} TO ${tight.role}`);
  await prove(page);
  await expect(planted).toBeVisible();
  await expect(planted.getByRole("link", { name: "Leaky Boats" })).toBeVisible();
  const mend = (await planted.getByRole("code").textContent()) ?? "";
  expect(mend).toContain(`REVOKE CONNECT ON DATABASE ${leaky.name} FROM ${tight.name}`);
  await expect(page.getByRole("link", { name: /^Isolation/ }).getByRole("img")).toBeVisible();
  await page
    .getByRole("list", { name: "Rules" })
    .getByRole("button", { name: /^Does not hold No role but its own/ })
    .click();
  await expect(page).toHaveURL(/rule=connect/);
  await expect(planted).toBeVisible();
  await expectAccessible(page);

  await planted.getByRole("link", { name: "Leaky Boats" }).click();
  const banner = page.getByRole("alert").filter({ hasText: "This tenant is not isolated" });
  await expect(banner).toContainText(`The role ${tight.name} may connect to its database.`);
  await banner.getByRole("link").click();
  await expect(page).toHaveURL(/\/isolation\?tenant=/);
  await expect(planted).toBeVisible();

  await onServer(mend);
  await prove(page);
  await expect(planted).toHaveCount(0);
  await page.getByRole("button", { name: "Closed", exact: true }).click();
  await expect(planted).toBeVisible();
});

test("who may only read sees the proof, and a page that was left open learns of a leak by itself", async ({
  page,
  browser,
  login,
}) => {
  const owner = await login("owner");
  await login("viewer");
  await page.goto("/isolation");
  await expect(page.getByRole("heading", { level: 1, name: "Isolation" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Prove now" })).toHaveCount(0);
  await onServer(
    "CREATE ROLE e2e_intruder LOGIN; COMMENT ON ROLE e2e_intruder IS 'tenantry:00000000-0000-7000-8000-00000000e2e0'",
  );
  try {
    const other = await browser.newContext();
    await login("owner", { user: owner, browser: other });
    const elsewhere = await other.newPage();
    await elsewhere.goto("/isolation");
    await prove(elsewhere);
    await expect(page.getByText("The role e2e_intruder was made for a tenant that is no longer there")).toBeVisible();
    await other.close();
  } finally {
    await onServer("DROP ROLE e2e_intruder");
  }
});

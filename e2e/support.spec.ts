import type { Page } from "@playwright/test";
import { createTenant, expect, expectAccessible, test } from "./fixtures";
import { arrive, confirmByCode } from "./people";

const appOf = (slug: string) => `http://${slug}.localhost:${process.env.E2E_APP_PORT}/`;

async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("an operator opens an app as support with a code; ended in the console, the app forgets it", async ({
  page,
  context,
  sql,
}) => {
  const operator = await arrive(page, sql, "operator");
  await createTenant(page, "Helping Hand");
  await choose(page, "Open as support…");
  const dialog = page.getByRole("dialog", { name: "Open Helping Hand as support" });
  await dialog.getByRole("button", { name: "Make link" }).click();
  await expect(dialog.getByText("Say why, such as a ticket's number.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Reason").fill("Ticket 4711: the cart is empty");
  await dialog.getByRole("button", { name: "Make link" }).click();
  await confirmByCode(page, operator, /for 30 minutes\. Reason: Ticket 4711: the cart is empty$/);

  const link = dialog.getByRole("link", { name: /^Open the app/ });
  await expect(link).toBeVisible();
  await expectAccessible(page);
  const url = (await link.getAttribute("href")) ?? "";
  const [app] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await app.waitForURL(appOf("helping-hand"));
  await expect(app.getByText(/as support|support session/i)).toBeVisible();
  await expect(app.getByText("Ticket 4711: the cart is empty")).toBeVisible();
  await expectAccessible(app);
  await dialog.getByRole("button", { name: "Done" }).click();

  // The link is used up, for whoever finds it later.
  const late = await context.newPage();
  expect((await late.goto(url))?.status()).toBe(403);
  await expect(late.getByText("This link was used already")).toBeVisible();
  await late.close();

  const panel = page.getByRole("region", { name: "Support access" });
  await expect(panel.getByText("Active")).toBeVisible();
  await expect(page.getByText("entered the app as support: Ticket 4711")).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole("button", { name: /^End the support access of/ }).click();
  await expect(panel.getByText("Ended", { exact: true })).toBeVisible();
  const banner = async () => {
    await app.reload();
    return await app.getByText(/as support|support session/i).count();
  };
  await expect.poll(banner, { timeout: 2000, intervals: [100] }).toBe(0);
  const trail =
    "SELECT operation FROM audit_events WHERE actor = $1 AND operation LIKE 'support.%' AND outcome = 'done'";
  const told = async () => (await sql(trail, [operator.email])).rows.map(({ operation }) => operation).sort();
  await expect.poll(told).toEqual(["support.end", "support.enter", "support.open"]);
});

test("maintenance closes an app with a message, lets a bypass link through, and ends from the console", async ({
  page,
  browser,
  login,
}) => {
  await login("operator");
  await createTenant(page, "Paint Shop");
  const shop = appOf("paint-shop");
  await choose(page, "Maintenance…");
  const dialog = page.getByRole("dialog", { name: "Maintenance of Paint Shop" });
  await dialog.getByLabel("Message").fill("The paint is still wet. Back at six.");
  const networks = dialog.getByRole("combobox", { name: "Allowed addresses (optional)" });
  await networks.fill("10.0.0.1/8");
  await networks.press("Enter");
  const until = dialog.getByLabel("Until (optional)");
  await until.focus();
  await page.keyboard.type("11");
  await dialog.getByRole("button", { name: "Start maintenance" }).click();
  await expect(dialog.getByText("Did you mean 10.0.0.0/8?")).toBeVisible();
  await expect(dialog.getByText("Finish the date, or clear it.")).toBeVisible();
  await expect(networks).toBeFocused();
  await expectAccessible(page);
  await until.fill("");
  await until.blur();
  await networks.press("Backspace");
  await networks.fill("192.0.2.0/24");
  await networks.press("Enter");
  await dialog.getByRole("button", { name: "Start maintenance" }).click();
  await expect(dialog.getByText("Bypass link")).toBeVisible();
  await expectAccessible(page);
  const bypass = await dialog.locator("code").innerText();
  await dialog.getByRole("button", { name: "Done" }).click();

  const visitor = await (await browser.newContext()).newPage();
  const answer = async () => {
    const response = await visitor.goto(shop);
    return { status: response?.status(), wait: response?.headers()["retry-after"] };
  };
  await expect.poll(answer, { timeout: 2000 }).toEqual({ status: 503, wait: "300" });
  await expect(visitor.getByText("The paint is still wet. Back at six.")).toBeVisible();
  expect((await visitor.goto(bypass))?.status()).toBe(200);
  expect(visitor.url()).toBe(shop);
  expect(await answer()).toMatchObject({ status: 200 });

  const banner = page.getByRole("region", { name: "Maintenance" });
  await expect(banner.getByText("The paint is still wet. Back at six.")).toBeVisible();
  await expect(banner.getByText("192.0.2.0/24")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/tenants");
  await expect(page.getByRole("row", { name: /Paint Shop.*Maintenance/ })).toBeVisible();
  await page.getByRole("link", { name: "Paint Shop" }).click();
  await banner.getByRole("button", { name: "End maintenance" }).click();
  await expect(banner).toHaveCount(0);
  await visitor.context().clearCookies();
  await expect.poll(answer, { timeout: 2000 }).toMatchObject({ status: 200 });
  await visitor.context().close();
});

test("who may not is offered neither, and sees what goes on", async ({ page, login, sql }) => {
  await login("operator");
  await createTenant(page, "Looked At");
  const { rows } = await sql("SELECT id FROM tenants WHERE slug = 'looked-at'");
  await sql(
    `INSERT INTO tenant_maintenance (tenant_id, message, bypass_hash, retry_after, started_at, started_by)
     VALUES ($1, 'Nearly done', 'x', 60, now(), 'ada@example.com')`,
    [rows[0].id],
  );
  await login("viewer");
  await page.goto(`/tenants/${rows[0].id}`);
  const banner = page.getByRole("region", { name: "Maintenance" });
  await expect(banner.getByText("by ada@example.com")).toBeVisible();
  await expect(banner.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "More actions" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Support access" })).toHaveCount(0);
});

import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";
import { arrive, codesOf, signOut } from "./people";

/** Waits until the open page of a tenant has a chart in which figures arrive. */
async function chartMoves(page: Page): Promise<void> {
  const chart = page.getByRole("region", { name: "Requests and transactions", exact: true });
  await chart.getByRole("button", { name: /view as table/i }).click();
  const figures = async () => {
    const cells = await chart.getByRole("row").locator("td:nth-child(2)").allInnerTexts();
    return cells.map((text) => Number.parseFloat(text)).filter((value) => value > 0).length;
  };
  await expect.poll(figures, { timeout: 60_000 }).toBeGreaterThan(1);
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

test("the set-up link leads through owner and second factor to the demo's live charts, once", async ({ page, sql }) => {
  test.setTimeout(300_000);
  const link = process.env.E2E_SET_UP ?? "";
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);

  const began = Date.now();
  await page.goto(link);
  await expectAccessible(page);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("short");
  await page.getByRole("button", { name: /create/i }).click();
  await expect(page.getByText("Use at least 12 characters")).toBeVisible();
  await page.getByRole("textbox", { name: "Password" }).fill("correct horse battery");
  await page.getByRole("button", { name: /create/i }).click();

  await expect(page.getByRole("heading", { name: "Set up your authenticator" })).toBeVisible();
  const secret = (await page.getByText(/^[A-Z2-7 ]{32,}$/).innerText()).replaceAll(" ", "");
  await expectAccessible(page);
  await page.goto("/tenants");
  await expect(page).toHaveURL(/\/enrol/);
  // The form sends itself once six digits are there.
  await page.getByLabel("Six-digit code").fill("000000");
  await expect(page.getByText("This code is not right")).toBeVisible();
  const code = codesOf(secret);
  await page.getByLabel("Six-digit code").fill(await code());
  await expect(page.getByRole("heading", { name: "Save your recovery codes" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await expectAccessible(page);
  await expect(page.getByRole("button", { name: "Continue" })).toBeDisabled();
  await page.getByLabel("I have saved them").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  const start = page.getByRole("region", { name: "Get started" });
  await expect(start.getByText("1 of 4 done")).toBeVisible();
  await start.getByRole("button", { name: "Check the server" }).click();
  await expect(start.getByRole("list", { name: "What the check found" })).toContainText("/proc/<pid>/stat");
  await expect(start.getByText("2 of 4 done")).toBeVisible();
  await expectAccessible(page);
  await start.getByRole("button", { name: "Load the demo fleet" }).click();
  await expect(page.getByText(/^Loading the demo fleet: /)).toBeVisible();
  await start
    .getByRole("link", { name: "See it live" })
    .or(page.getByText("12 of 12 tenants answer"))
    .first()
    .waitFor({ timeout: 90_000 });
  await page
    .getByRole("region", { name: "Top tenants" })
    .getByRole("link", { name: /Atlas Map Archive|Hephaestus/ })
    .first()
    .click();
  // The overview has a chart of the same name.
  await expect(page.getByRole("heading", { level: 1, name: /Atlas Map Archive|Hephaestus/ })).toBeVisible();
  await chartMoves(page);
  console.log(`From the set-up link to a live chart of the demo: ${seconds(began)}`);

  await page.goto("/");
  await expect(page.getByText(/ of 12 tenants/)).toBeVisible();
  await expectAccessible(page);
  const removing = Date.now();
  await page.getByRole("button", { name: "Remove it" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the demo fleet?" });
  await expect(dialog).toContainText("Tenants of your own stay as they are");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Remove the demo fleet" }).click();
  const confirm = page.getByRole("dialog", { name: "Confirm with your second factor" });
  await expect(confirm.getByText(/^Remove the demo fleet: 12 tenants/)).toBeVisible();
  await expect(confirm.getByLabel("Six-digit code")).toBeFocused();
  await page.keyboard.type(await code());
  await expect(page.getByText(/^Removing the demo fleet: /)).toBeVisible();
  await expect(page.getByText(/^Removing the demo fleet: /)).toBeHidden({ timeout: 120_000 });
  expect((await sql("SELECT 1 FROM tenants")).rowCount).toBe(0);
  await expect(start.getByRole("button", { name: "Load the demo fleet" })).toBeVisible();
  console.log(`The demo was removed in ${seconds(removing)}`);

  await signOut(page);
  await page.goto(link);
  await expect(page.getByText(/used/i).first()).toBeVisible();

  await page.goto("/sign-in?next=/servers");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("correct horse battery");
  await page.getByRole("button", { name: /sign in|continue/i }).click();
  await page.getByLabel("Six-digit code").fill(await code());
  await expect(page.getByRole("heading", { level: 1, name: "Servers" })).toBeVisible();
});

test("a wrong password is told apart from nothing", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("nobody@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("wrong wrong wrong");
  await page.getByRole("button", { name: /sign in|continue/i }).click();
  await expect(page.getByRole("alert").filter({ hasText: /wrong/i })).toBeVisible();
});

test("on a phone, the first steps lead from a new account to the first tenant's live chart", async ({
  page,
  sql,
  askApp,
}) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 390, height: 844 });
  const began = Date.now();
  await arrive(page, sql, "owner");
  const start = page.getByRole("region", { name: "Get started" });
  await start.getByRole("button", { name: "Check the server" }).click();
  await expect(start.getByText("2 of 4 done")).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await start.getByRole("button", { name: "New tenant" }).click();
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  await dialog.getByLabel("Name", { exact: true }).fill("Corner Bakery");
  await expect(dialog.getByRole("combobox", { name: "Server" })).not.toHaveValue("");
  await dialog.getByRole("button", { name: "Create tenant" }).click();
  await expect(dialog.getByText("Corner Bakery is ready.")).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole("link", { name: "Open tenant" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Corner Bakery" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open its shop in the sample app" })).toBeVisible();
  const visits = setInterval(() => void askApp("corner-bakery").catch(() => undefined), 200);
  await chartMoves(page);
  clearInterval(visits);
  console.log(`From signing in to a live chart of the first tenant, on a phone: ${seconds(began)}`);
  await page.goto("/");
  // The last step is done with the first figure, and with it the panel goes.
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(start).toBeHidden();
});

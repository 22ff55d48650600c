import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";

/** Presses keys one after the other until something is there, since a page that has just come may not listen yet. */
async function pressUntil(page: Page, keys: readonly string[], there: () => Promise<void>) {
  await expect(async () => {
    for (const key of keys) await page.keyboard.press(key);
    await there();
  }).toPass();
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("places are gone to by two keys, the focus stands at the content, and the skip link leads there", async ({
  page,
  login,
}) => {
  await login("owner");
  await page.goto("/");
  await pressUntil(page, ["g", "t"], () => expect(heading(page, "Tenants")).toBeVisible({ timeout: 4000 }));
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page).toHaveTitle("Tenants · Tenantry");
  for (const [key, name] of [
    ["s", "Servers"],
    ["b", "Bulk runs"],
    ["h", "Health"],
    ["k", "API keys"],
    ["c", "Account"],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(heading(page, name)).toBeVisible();
  }
  await page.reload();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("a slash finds the page's search, keys that are typed stay text, and n opens the new tenant", async ({
  page,
  login,
}) => {
  await login("owner");
  await page.goto("/tenants");
  const search = page.getByLabel("Search tenants");
  await pressUntil(page, ["/"], () => expect(search).toBeFocused({ timeout: 2000 }));
  await page.keyboard.type("gtn?");
  await expect(search).toHaveValue("gtn?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await search.fill("");
  await page.getByRole("main").focus();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("the shortcuts are listed, and can be switched off for good; the palette stays", async ({ page, login }) => {
  await login("viewer");
  await page.goto("/tenants");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await pressUntil(page, ["?"], () => expect(dialog).toBeVisible({ timeout: 2000 }));
  await expect(dialog.getByText("New tenant")).toHaveCount(0);
  await expectAccessible(page);
  await dialog.getByRole("switch", { name: "Single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await pressUntil(page, ["Control+k"], () =>
    expect(page.getByRole("combobox", { name: /Find a tenant/ })).toBeFocused({ timeout: 2000 }),
  );
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\/tenants/);
});

test("a tenant is found, opened and asked to be suspended without a mouse, and the focus comes back", async ({
  page,
  login,
}) => {
  await login("owner");
  await page.goto("/tenants?search=corner");
  const link = page.getByRole("link", { name: "Corner Bakery" }).first();
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(heading(page, "Corner Bakery")).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  const suspend = page.getByRole("button", { name: "Suspend" });
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(suspend).toBeFocused({ timeout: 50 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /Suspend/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(suspend).toBeFocused();
});

test("on a phone the navigation opens, leads on and closes by keys alone", async ({ page, login }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await login("viewer");
  await page.goto("/tenants");
  const open = page.getByRole("button", { name: "Open navigation" });
  await expect(async () => {
    await open.press("Enter");
    await expect(page.getByRole("link", { name: "Servers" })).toBeVisible({ timeout: 2000 });
  }).toPass();
  await page.getByRole("link", { name: "Servers" }).press("Enter");
  await expect(heading(page, "Servers")).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();

  await open.press("Enter");
  await expect(page.getByRole("button", { name: "Close navigation" }).last()).toBeFocused();
  const user = page.getByRole("button", { name: /^Account of/ });
  await user.press("Enter");
  const signOut = page.getByRole("menuitem", { name: "Sign out" });
  await expect(signOut).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(signOut).toBeHidden();
  await expect(user).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(user).toBeHidden();
  await expect(open).toBeFocused();
});

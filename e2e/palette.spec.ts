import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

const field = (page: Page) => page.getByRole("dialog", { name: "Search and commands" }).getByRole("combobox");

/** Opens the palette by its keys, once the page listens. */
async function openPalette(page: Page) {
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(field(page)).toBeFocused({ timeout: 2000 });
  }).toPass();
  return field(page);
}

for (const [size, viewport] of Object.entries(sizes)) {
  test(`a tenant is found by name, slug, domain and id, and gone to: ${size}`, async ({ page, login, sql }) => {
    await page.setViewportSize(viewport);
    await login("owner");
    const { rows } = await sql("SELECT id FROM tenants WHERE slug = 'corner-bakery'");
    await page.goto("/servers");
    const button = page.getByRole("button", { name: "Search and commands" }).filter({ visible: true });
    await expect(async () => {
      await button.first().click();
      await expect(field(page)).toBeFocused({ timeout: 2000 });
    }).toPass();
    const bakery = page.getByRole("option", { name: /^Corner Bakery/ });
    for (const typed of ["corner bak", "corner-bakery", "corner-bakery.", rows[0].id]) {
      await field(page).fill(typed);
      await expect(bakery.first(), `typed ${typed}`).toBeVisible();
    }
    await expect(page.getByRole("option", { selected: true })).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Corner Bakery" })).toBeVisible();
    await expect(page.getByRole("main")).toBeFocused();
    await page.goto("/servers");
    await openPalette(page);
    await expect(page.getByRole("option").first()).toHaveAccessibleName(/Corner Bakery/);
    // The page stays in sight behind it.
    const around = page.getByRole("dialog", { name: "Search and commands" }).locator("..");
    await expect(around).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });

  for (const scheme of ["light", "dark"] as const) {
    test(`axe finds nothing in the open palette: ${scheme}, ${size}`, async ({ page, login }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      await login("owner");
      await page.goto("/tenants");
      const input = await openPalette(page);
      await expectAccessible(page);
      await input.fill("corner");
      await expect(page.getByRole("option", { name: /^Corner Bakery/ })).toBeVisible();
      await expectAccessible(page);
      await input.fill("nothing is called like this");
      await expect(page.getByText(/^Nothing here answers/)).toBeVisible();
      await expectAccessible(page);
    });
  }
}

test("what can be done with a tenant leads to its dialog, and nothing is done before that is confirmed", async ({
  page,
  login,
  sql,
}) => {
  await login("owner");
  await page.goto("/");
  const input = await openPalette(page);
  await input.fill("suspend corner");
  await page.getByRole("option", { name: /^Suspend Corner Bakery/ }).click();
  await expect(page.getByRole("dialog", { name: /Suspend/ })).toBeVisible();
  await expect(page).toHaveURL(/do=suspended/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const { rows } = await sql("SELECT status FROM tenants WHERE slug = 'corner-bakery'");
  expect(rows[0].status).toBe("active");
  await page.goto("/");
  const again = await openPalette(page);
  await again.fill("corner bakery");
  await expect(page.getByRole("option", { name: /^Corner Bakery/ })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("option", { name: /^Suspend/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(again).toHaveAccessibleName("Find a tenant, a place or a command");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a viewer is offered no deed that would be refused", async ({ page, login }) => {
  await login("viewer");
  await page.goto("/tenants");
  const input = await openPalette(page);
  await expect(page.getByRole("option", { name: "New tenant…" })).toHaveCount(0);
  await expect(page.getByRole("option", { name: "API keys" })).toHaveCount(0);
  await input.fill("suspend corner");
  await expect(page.getByRole("option", { name: /^Suspend/ })).toHaveCount(0);
});

test("a late answer never stands for a newer question", async ({ page, login }) => {
  await login("owner");
  await page.goto("/servers");
  await page.route(/\/api\/tenancy\/tenants\?.*search=twi(&|$)/, async (route) => {
    await expect.poll(() => asked).toBe(true);
    await route.continue().catch(() => undefined);
  });
  let asked = false;
  page.on("response", (response) => {
    if (/search=corner/.test(response.url())) asked = true;
  });
  const input = await openPalette(page);
  await input.fill("twi");
  await page.waitForRequest(/search=twi/);
  await input.fill("corner");
  await expect(page.getByRole("option", { name: /^Corner Bakery/ })).toBeVisible();
  await expect(page.getByRole("option", { name: /^Twice/ })).toHaveCount(0);
});

test("theme and time zone are chosen in it, hold on the next page, and exact times name the zone", async ({
  page,
  login,
  sql,
}) => {
  await login("owner");
  const { rows } = await sql("SELECT id FROM tenants WHERE slug = 'corner-bakery'");
  await page.goto(`/tenants/${rows[0].id}`);
  const exact = page.locator("time[title]").first();
  await expect(exact).toHaveAttribute("title", /(CET|CEST|GMT\+[12])$/);
  let input = await openPalette(page);
  await input.fill("time zone");
  await page.keyboard.press("Enter");
  await input.fill("kolkata");
  await page.getByRole("option", { name: /Calcutta|Kolkata/ }).click();
  await expect(exact).toHaveAttribute("title", /GMT\+5:30$/);
  await page.reload();
  await expect(exact).toHaveAttribute("title", /GMT\+5:30$/);
  input = await openPalette(page);
  await input.fill("theme");
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  input = await openPalette(page);
  await input.fill("light");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "light");
});

import { expect, expectAccessible, test } from "./fixtures";
import { withPast } from "./past";

test("a tenant's history is zoomed by a drag, which reads finer figures, and the browser's back undoes it", async ({
  page,
  login,
  sql,
}) => {
  await login("owner");
  const [id = ""] = await withPast(sql, ["Long Ago"]);
  await sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at)
     VALUES ($1, 'migrated', 'Migration 0007 was applied', 'The owner', now() - interval '3 hours')`,
    [id],
  );
  await page.goto(`/tenants/${id}/history?range=7d`);
  await expect(page.getByRole("heading", { level: 1, name: "History of Long Ago" })).toBeVisible();
  const chart = page.getByRole("region", { name: "CPU", exact: true }).getByRole("application");
  const box = await chart.boundingBox();
  if (!box) throw new Error("The chart is not there.");
  // The answer for the part that is dragged over, not the week's once more.
  const finer = page.waitForResponse(
    (answer) => answer.url().includes(`/analytics/tenant/${id}`) && answer.url().includes("from="),
  );
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + 60, { steps: 5 });
  await page.mouse.up();
  const { span } = await (await finer).json();
  expect(span.stepSeconds).toBeLessThan(3600);
  await expect(page).toHaveURL(/from=.*to=/);
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);

  const moment = page.getByRole("button", { name: /Migration 0007 was applied/ });
  await moment.focus();
  await expect(chart.getByText("Migration 0007 was applied (The owner)")).toBeVisible();
  await page.getByRole("button", { name: /^Schema/ }).click();
  await expect(moment).toBeHidden();
  await expect(page).toHaveURL(/hide=schema/);
});

test("a chart is used by keyboard alone", async ({ page, login, sql }) => {
  await login("viewer");
  const [id = ""] = await withPast(sql, ["By Keys"]);
  await page.goto(`/tenants/${id}/history?range=7d`);
  const chart = page.getByRole("region", { name: "CPU", exact: true }).getByRole("application");
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect(chart.locator("[aria-live]")).toContainText("CPU 20.0 %");
  await page.keyboard.press("+");
  await expect(page).toHaveURL(/from=/);
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/from=/);
});

test("tenants are compared as measured, by their own peak, and as parts of the sum", async ({ page, login, sql }) => {
  await login("owner");
  const [one = "", other = ""] = await withPast(sql, ["First Past", "Second Past"]);
  await page.goto(`/analytics/compare?tenant=${one}&range=7d`);
  await expect(page.getByText("Choose one more")).toBeVisible();
  await page.getByRole("combobox", { name: "Add a tenant" }).fill("Second Past");
  await page
    .getByRole("option", { name: /Second Past/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`tenant=${one},`));
  const figures = page.getByRole("table", { name: "Figures of the compared tenants" });
  await expect(figures.getByRole("row", { name: /First Past/ })).toContainText("20.0");

  const legend = page.getByRole("list", { name: "Lines" });
  const both = `/analytics/compare?tenant=${one},${other}&range=7d`;
  for (const [mode, shown] of [
    ["absolute", "20.0 %"],
    ["normalised", "100 %"],
    ["share", "40 %"],
  ] as const) {
    await page.goto(`${both}&mode=${mode}`);
    await expect(legend.getByRole("button", { name: /First Past/ })).toContainText(shown);
  }
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`history and comparison are accessible and fit, ${scheme}, ${width} wide`, async ({ page, login, sql }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 844 });
      await login("owner");
      const [one, other] = await withPast(sql, ["Fits", "Fits Too"]);
      for (const path of [`/tenants/${one}/history?range=7d`, `/analytics/compare?tenant=${one},${other}&range=7d`]) {
        await page.goto(path);
        await expect(page.getByRole("application").first()).toBeVisible();
        await expectAccessible(page);
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(wide).toBeLessThanOrEqual(room ?? 0);
      }
    });
  }
}

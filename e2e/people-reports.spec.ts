import { expect, test } from "./fixtures";
import { expectFits, sizes } from "./sizes";

test.describe.configure({ timeout: 240_000 });

for (const { name, viewport } of sizes) {
  test.describe(name, () => {
    test.use({ viewport });

    test(`a fleet report is made, downloaded and scheduled: ${name}`, async ({ page, login }) => {
      await login("owner");
      await page.goto("/reports");
      await page.getByRole("button", { name: "New report" }).click();
      const dialog = page.getByRole("dialog", { name: "New report" });
      await dialog.getByRole("combobox", { name: "What" }).click();
      await page.getByRole("option", { name: "Fleet report" }).click();
      await dialog.getByLabel("Title (optional)").fill(`For ${name}`);
      await expectFits(page);
      await dialog.getByRole("button", { name: "Make report" }).click();
      const link = page.getByRole("link", { name: `Download For ${name}` });
      await expect(link).toBeVisible({ timeout: 60_000 });
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      expect(download.suggestedFilename()).toMatch(/\.pdf$/);
      await expectFits(page);

      await page.goto("/reports?view=schedules");
      await page.getByRole("button", { name: "New schedule" }).first().click();
      const schedule = page.getByRole("dialog", { name: "New schedule" });
      await schedule.getByLabel("Name", { exact: true }).fill(`Each week, ${name}`);
      await schedule.getByRole("combobox", { name: "What" }).click();
      await page.getByRole("option", { name: "Fleet report" }).click();
      await expect(schedule.getByText("Every Monday at 07:00, Europe/Vienna.")).toBeVisible();
      await schedule.getByRole("button", { name: "Make schedule" }).click();
      const row = page
        .getByRole("table", { name: "Schedules" })
        .getByRole("row", { name: new RegExp(`Each week, ${name}`) });
      await expect(row).toBeVisible();
      await expectFits(page);
      await row.getByRole("button", { name: `Actions for Each week, ${name}` }).click();
      await page.getByRole("menuitem", { name: "Remove…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove schedule" }).click();
      await expect(row).toHaveCount(0);
    });
  });
}

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import type pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { testMail } from "@/lib/mail/testing";
import { expect, expectAccessible, test } from "./fixtures";

type Sql = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

test.describe.configure({ timeout: 180_000 });

/** Names that break careless files: a comma, quotes, a line's end, a formula, right-to-left, emoji. */
const names = ['Comma, "Quoted"', "=1+1", "شركة الاختبار", "Rocket 🚀", "Two\nlines", "Plain"];

/** Rows of the registry with such names, without a database; gone after the journey. */
async function withNames<T>(sql: Sql, journey: () => Promise<T>): Promise<T> {
  for (const [index, name] of names.entries()) {
    await sql(
      `INSERT INTO tenants (id, status, server_id, slug, name, tags, plan, region, database, role, secret, updated_at)
       SELECT $1, $4, id, $2, $3, '{named}', 'starter', region, $2, $2, '\\x00', now()
         FROM servers ORDER BY created_at LIMIT 1`,
      [newId(new Date()), `named-${index}`, name, index === 5 ? "blocked" : "inactive"],
    );
  }
  try {
    return await journey();
  } finally {
    await sql("DELETE FROM tenants WHERE tags = '{named}'");
  }
}

/** Clicks what downloads a file, and reads it. */
async function downloaded(page: Page, by: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), by.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const rowsOf = (bytes: Buffer): Record<string, string>[] => parse(bytes, { bom: true, columns: true });

async function openExport(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: `Export: ${what}` }).click();
}

test("a fleet report is asked for, watched, and downloaded as a PDF; it is made again and removed", async ({
  page,
  login,
  sql,
}) => {
  await login("owner");
  await page.goto("/reports");
  await page.getByRole("button", { name: "New report" }).click();
  const dialog = page.getByRole("dialog", { name: "New report" });
  await dialog.getByRole("combobox", { name: "What" }).click();
  await page.getByRole("option", { name: "Fleet report" }).click();
  await dialog.getByRole("combobox", { name: "Period" }).click();
  await page.getByRole("option", { name: "Last 7 days" }).click();
  await dialog.getByLabel("Title (optional)").fill("For the board");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make report" }).click();

  const row = page.getByRole("table", { name: "Reports" }).getByRole("row", { name: /For the board/ });
  await expect(row.getByText("Done", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  const file = await downloaded(page, row.getByRole("link", { name: "Download For the board" }));
  expect(file.name).toMatch(/^tenantry-fleet-report-.*\.pdf$/);
  expect(file.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  const audited = await sql("SELECT 1 FROM audit_events WHERE operation = 'reports.download' AND outcome = 'done'");
  expect(audited.rowCount).toBeGreaterThan(0);

  await row.getByRole("link", { name: "For the board", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "For the board" })).toBeVisible();
  await expect(page.getByText("The last 7 days, up to when it was made")).toBeVisible();
  const sha256 = await crypto.subtle.digest("SHA-256", new Uint8Array(file.bytes));
  await expect(page.getByText(Buffer.from(sha256).toString("hex"))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make For the board again" }).click();
  await expect(page.getByText("is being made.")).toBeVisible();
  await page.getByRole("button", { name: "More for For the board" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove report" }).click();
  await expect(page).toHaveURL(/\/reports$/);
});

test("the tenants' list is downloaded as it is narrowed on the screen, and names come through as they are", async ({
  page,
  login,
  sql,
}) => {
  await withNames(sql, async () => {
    await login("analyst");
    await page.goto("/tenants?tag=named&status=inactive&search=named");
    const shown = page.getByRole("table", { name: "Tenants" }).locator("tbody").getByRole("row");
    await expect(shown).toHaveCount(5);
    await openExport(page, "Tenants");
    await expect(page.getByRole("menuitem", { name: "Download CSV" })).toBeVisible();
    await expectAccessible(page);
    const { bytes } = await downloaded(page, page.getByRole("menuitem", { name: "Download CSV" }));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = rowsOf(bytes);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["inactive"]));
    // A formula gets an apostrophe in front, and is text.
    const expected = names.slice(0, 5).map((name) => (name.startsWith("=") ? `'${name}` : name));
    expect(rows.map(({ name }) => name).sort()).toEqual(expected.sort());
    for (const { slug = "" } of rows) await expect(shown.filter({ hasText: slug })).toHaveCount(1);
  });
});

test("columns are chosen and put in order, and the same is made in the background", async ({ page, login, sql }) => {
  await withNames(sql, async () => {
    await login("analyst");
    await page.goto("/tenants?tag=named");
    await openExport(page, "Tenants");
    await page.getByRole("menuitem", { name: "Choose columns…" }).click();
    const dialog = page.getByRole("dialog", { name: "Columns: Tenants" });
    await dialog.getByRole("button", { name: "None" }).click();
    await dialog.getByRole("checkbox", { name: /^slug / }).check();
    await dialog.getByRole("checkbox", { name: /^name / }).check();
    await dialog.getByRole("button", { name: "Move name up" }).click();
    await expect(dialog.getByRole("status")).toHaveText(/^2 of \d+ columns$/);
    await expectAccessible(page);
    const { bytes } = await downloaded(page, dialog.getByRole("link", { name: "Download CSV" }));
    expect(bytes.toString("utf8").slice(1).split("\r\n")[0]).toBe('"name","slug"');
    expect(rowsOf(bytes)).toHaveLength(names.length);

    await dialog.getByRole("button", { name: "Make it in the background" }).click();
    await page.getByRole("link", { name: "See how far it is" }).click();
    const row = page.getByRole("table", { name: "Reports" }).getByRole("row").nth(1);
    await expect(row.getByText("Done", { exact: true })).toBeVisible({ timeout: 60_000 });
    const made = await downloaded(page, row.getByRole("link", { name: /^Download / }));
    expect(made.bytes.toString("utf8")).toBe(bytes.toString("utf8"));
  });
});

test("a schedule is made, run now, and its mail arrives: the console says so, and what a refusal said", async ({
  page,
  login,
}) => {
  const mail = await testMail({}, Number(process.env.E2E_SMTP_PORT));
  mail.say((address) => (address.startsWith("nobody@") ? { code: 550, words: "5.1.1 There is no nobody" } : undefined));
  try {
    await login("owner");
    await page.goto("/reports?view=schedules");
    await page.getByLabel("Send a test mail to").fill("ops@example.com");
    await page.getByRole("button", { name: "Send a test mail" }).click();
    await expect(page.getByText("The mail server took it for ops@example.com")).toBeVisible();

    await page.getByRole("button", { name: "New schedule" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New schedule" });
    await dialog.getByLabel("Name", { exact: true }).fill("Weekly tenants");
    await dialog.getByRole("combobox", { name: "What" }).click();
    await page.getByRole("option", { name: "Tenants", exact: true }).click();
    const to = dialog.getByRole("combobox", { name: "Mail it to (optional)" });
    await to.fill("board@example.com,wrong,");
    await dialog.getByRole("button", { name: "Make schedule" }).click();
    await expect(dialog.getByText("This is not an e-mail address.")).toBeVisible();
    await to.press("Backspace");
    await to.fill("nobody@example.com,");
    await expect(dialog.getByText("Every Monday at 07:00, Europe/Vienna.")).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Make schedule" }).click();

    const row = page.getByRole("table", { name: "Schedules" }).getByRole("row", { name: /Weekly tenants/ });
    await expect(row.getByText("None yet")).toBeVisible();
    await row.getByRole("button", { name: "Actions for Weekly tenants" }).click();
    await page.getByRole("menuitem", { name: "Run now" }).click();
    await expect(row.getByText("Sent", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(row.getByText("Not sent")).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    await expect.poll(() => mail.taken.filter(({ to }) => to.includes("board@example.com")).length).toBe(1);

    await row.getByRole("link", { name: /Done/ }).click();
    const mails = page.getByRole("table", { name: "Mails" });
    await expect(mails.getByRole("row", { name: /nobody@example\.com/ }).getByText(/no nobody/)).toBeVisible();

    await page.goto("/reports?view=schedules");
    await row.getByRole("switch", { name: "Weekly tenants is on" }).click({ force: true });
    await expect(row.getByText("Switched off")).toBeVisible();
    await row.getByRole("button", { name: "Actions for Weekly tenants" }).click();
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove schedule" }).click();
    await expect(page.getByText("No schedule yet")).toBeVisible();
  } finally {
    await mail.close();
  }
});

test("who may not have files sees no export and no reports, and is told so", async ({ page, login, sql }) => {
  await withNames(sql, async () => {
    await login("viewer");
    await page.goto("/tenants?tag=named");
    await expect(page.getByRole("table", { name: "Tenants" }).getByText("named-5")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Export/ })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Reports" })).toHaveCount(0);
    await page.goto("/reports");
    await expect(page.getByRole("heading", { level: 1, name: "You may not see this page" })).toBeVisible();
  });
});

test("every table's export is there and offers its file", async ({ page, login }) => {
  await login("owner");
  const places = {
    "/analytics": "Use of the fleet",
    "/analytics/tenants": "Use by tenant",
    "/analytics/performance": "Who was served worst",
    "/analytics/heatmap": "Tenants by time",
    "/analytics/growth": "Growth",
    "/analytics/forecast": "Forecasts",
    "/analytics/capacity": "Capacity of servers",
    "/analytics/anomalies": "Anomalies",
    "/analytics/neighbours": "Pairs that go together",
    "/analytics/activity": "Activities",
    "/analytics/sign-ins": "Sign-ins by tenant",
    "/servers": "Servers",
    "/schema": "Schemas of tenants",
    "/isolation": "Leaks",
    "/users": "Users",
    "/audit": "Audit trail",
  };
  for (const [path, what] of Object.entries(places)) {
    await page.goto(path);
    await openExport(page, what);
    const address = await page.getByRole("menuitem", { name: "Download CSV" }).getAttribute("href");
    const answer = await page.request.get(address ?? "");
    expect(answer.status(), `${path}: ${address}: ${answer.ok() ? "" : await answer.text()}`).toBe(200);
    expect(answer.headers()["content-type"]).toContain("text/csv");
  }
});

for (const scheme of ["light", "dark"] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing on the reports' pages: ${scheme}, ${viewport.width} px`, async ({ page, login }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(viewport);
      await login("owner");
      for (const path of ["/reports", "/reports?view=schedules", "/reports?view=lake", "/reports?stage=failed"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();
        await expectAccessible(page);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  }
}

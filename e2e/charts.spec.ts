import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { withPast } from "./past";

/** The buttons that every chart has, in this order; what moves the drawing stands before them. */
const buttons = [/: View as table$/, /: Save picture \(PNG\)$/, /: Save figures \(CSV\)$/, /^How .+ is measured$/];

/** What draws a chart: a canvas, or bars. Small lines beside figures in words are none. */
const drawn = "canvas, [data-drawing]";
const drawings = `main :is(${drawn})`;

/** Waits until a page's charts are drawn, and gives the panels that hold them. */
async function panelsOf(page: Page, path: string): Promise<Locator> {
  await page.goto(path);
  await expect(page.locator(drawings).first(), `${path} draws a chart`).toBeVisible();
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  return page.locator("section[aria-labelledby]").filter({ has: page.locator(drawn) });
}

async function textOf(download: Download): Promise<string> {
  return (await readFile(await download.path(), "utf8")).replace(/^\uFEFF/, "");
}

test("every chart of the console has a title, a name, and the same buttons in the same order", async ({
  page,
  login,
  sql,
}) => {
  test.setTimeout(240_000);
  await login("owner");
  const [one = "", other = ""] = await withPast(sql, ["Chart One", "Chart Two"]);
  // Response times have a page of their own; each tenant's counts by its requests.
  for (const table of ["tenant_usage_minutes", "tenant_usage_hours"])
    await sql(
      `UPDATE ${table} SET latency_sum = cpu_sum, latency_ms = cpu_ms, latency_min = cpu_min, latency_max = cpu_max,
              latency_last = cpu_last, requests_sum = cpu_sum, requests_ms = cpu_ms, requests_min = cpu_min,
              requests_max = cpu_max, requests_last = cpu_last WHERE tenant_id = ANY($1)`,
      [[one, other]],
    );
  const analytics = ["", "/use/cpu", "/performance", "/heatmap", "/growth", `/compare?tenant=${one},${other}&range=7d`];
  const paths = ["/", `/tenants/${one}/history?range=7d`, ...analytics.map((path) => `/analytics${path}`)];
  for (const path of paths) {
    const panels = await panelsOf(page, path);
    const charts = await panels.count();
    expect(await page.locator(drawings).count(), `every drawing of ${path} stands in a panel of its own`).toBe(charts);
    for (let index = 0; index < charts; index++) {
      const panel = panels.nth(index);
      const title = await panel.getByRole("heading", { level: 2 }).textContent();
      const names = await panel
        .getByRole("button")
        .evaluateAll((all) => all.map((button) => button.getAttribute("aria-label")).filter((name) => name !== null));
      const at = `${path}, ${title}`;
      const last = names.filter((name) => buttons.some((wanted) => wanted.test(name)));
      expect(last, at).toHaveLength(buttons.length);
      buttons.forEach((wanted, place) => {
        expect(last[place], at).toMatch(wanted);
      });
      const named = panel.locator(
        "canvas[aria-label], [role=application][aria-label], section[aria-label], button[data-drawing][aria-label], ol[data-drawing][aria-label]",
      );
      expect(await named.first().getAttribute("aria-label"), `${at} says what it shows`).toMatch(/\S{3}/);
    }
  }
});

test("a chart's table, its file and its picture have the same figures, and say where they come from", async ({
  page,
  login,
  sql,
}) => {
  await login("viewer");
  const [id = ""] = await withPast(sql, ["Told Thrice"]);
  await panelsOf(page, `/tenants/${id}/history?range=7d`);
  const panel = page.getByRole("region", { name: "CPU", exact: true });
  const file = page.waitForEvent("download");
  await panel.getByRole("button", { name: "CPU: Save figures (CSV)" }).click();
  const lines = (await textOf(await file)).trim().split("\r\n");
  expect(lines[0]).toBe('time,"CPU (percent of one core)",source');
  const known = lines.slice(1).filter((line) => !/Z,,/.test(line));
  expect(known.length).toBeGreaterThan(20);
  for (const line of known) expect(line).toMatch(/^[\d-]+T[\d:.]+Z,20,"CPU \(percent of one core\): CPU time of/);

  const picture = page.waitForEvent("download");
  await panel.getByRole("button", { name: "CPU: Save picture (PNG)" }).click();
  const saved = await picture;
  expect(saved.suggestedFilename()).toMatch(/cpu.*\.png$/);
  expect((await readFile(await saved.path())).subarray(0, 4)).toEqual(Buffer.from("\x89PNG", "latin1"));

  await panel.getByRole("button", { name: "CPU: View as table" }).click();
  const table = panel.getByRole("region", { name: "CPU as a table" });
  await expect(table).toBeVisible();
  const cells = await table.locator("tbody td:nth-child(2)").allTextContents();
  expect(cells.filter((cell) => cell !== "—").every((cell) => cell === "20.0 %")).toBe(true);
  expect(cells.filter((cell) => cell !== "—")).toHaveLength(Math.min(known.length, 240));
  await expect(panel.getByRole("button", { name: /Save picture/ })).toBeDisabled();
});

test("a figure says where it comes from and how old it is: to the pointer, to the keyboard, and to a finger", async ({
  page,
  login,
}) => {
  await login("viewer");
  await page.goto("/");
  const tip = page.getByRole("tooltip").filter({ hasText: "Source:" });
  const figure = page.locator("dl button[data-provenance*=Storage]");
  await figure.hover();
  await expect(tip).toContainText(
    /Storage: .*\nSource: size on disk, from pg_database_size\(\)\n(Measured|Stale since) /,
  );
  await page.keyboard.press("Escape");
  await expect(tip).toBeHidden();
  await page.mouse.move(0, 0);
  await figure.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(tip).toContainText("pg_database_size()");
  await expect(figure).toHaveAttribute("aria-describedby", /provenance/);
});

import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";
import { expectFits } from "./sizes";

const lists = [
  ["/tenants", "Tenants"],
  ["/bulk", "Bulk runs"],
  ["/reports", "Reports"],
  ["/reports?view=schedules", "Reports"],
  ["/schema", "Schema"],
  ["/servers", "Servers"],
  ["/runtime", "Runtime"],
  ["/isolation", "Isolation"],
  ["/health", "Health"],
  ["/users", "Users"],
  ["/roles", "Roles"],
  ["/keys", "API keys"],
  ["/ip-rules", "IP rules"],
  ["/audit", "Audit"],
  ["/account", "Account"],
] as const;

/** Names as the world has them, and as no layout likes them. */
const names = {
  arabic: "شركة الاختبار للتجارة الدولية والخدمات اللوجستية المتكاملة",
  long: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  japanese: "株式会社国際物流サービスセンター東京本社営業部第一課",
} as const;

type Sql = (text: string, values?: unknown[]) => Promise<{ rows: { id: string; name: string }[] }>;

/** Has the first tenants and some users bear those names while `look` looks. */
async function withNames(sql: Sql, look: () => Promise<void>): Promise<void> {
  const { rows } = await sql("SELECT id, name FROM tenants WHERE deleted_at IS NULL ORDER BY created_at LIMIT 3");
  const given = Object.values(names);
  try {
    for (const [index, { id }] of rows.entries())
      await sql("UPDATE tenants SET name = $2 WHERE id = $1", [id, given[index]]);
    for (const [index, name] of given.entries())
      await sql(
        `INSERT INTO users (id, email, name, role, password_hash, totp_confirmed_at)
         VALUES (gen_random_uuid(), $1, $2, 'viewer', 'none', now())`,
        [`somebody.with.a.long.address.${index}@one-language.subsidiary.example.com`, name],
      );
    await look();
  } finally {
    for (const { id, name } of rows) await sql("UPDATE tenants SET name = $2 WHERE id = $1", [id, name]);
    await sql("DELETE FROM users WHERE email LIKE '%@one-language.subsidiary.example.com'");
  }
}

/** What is wrong with a page's frame and fit: run in the page. */
function faults(): string[] {
  const found: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
  const heads = document.querySelectorAll("h1");
  if (heads.length !== 1) found.push(`${heads.length} main headings`);
  for (const table of document.querySelectorAll("#content table")) {
    if (!table.getAttribute("aria-label")) found.push("a table without a name");
    if (table.querySelectorAll("thead th[scope=col]").length === 0) found.push("a table without heads");
  }
  for (const box of document.querySelectorAll<HTMLElement>("#content *")) {
    const cut = getComputedStyle(box).overflowX === "hidden" && box.scrollWidth > box.clientWidth;
    if (!cut || box.clientWidth < 3 || !box.textContent?.trim()) continue;
    box.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    if (!box.closest("[title]") && !box.querySelector("[title]")) found.push(`cut: ${box.textContent.slice(0, 60)}`);
  }
  for (const target of document.querySelectorAll<HTMLElement>("#content :is(a, button, summary)")) {
    const { width, height } = target.getBoundingClientRect();
    // A row's own link has the whole row as its target; a link within a sentence is as high as its line.
    const inRow = target.closest("tbody td:first-child") !== null;
    const inSentence = getComputedStyle(target).display === "inline" && target.closest("p, dd, dt, li, span") !== null;
    if (width === 0 || inRow || inSentence || (width >= 23.5 && height >= 23.5)) continue;
    found.push(`a target of ${Math.round(width)} × ${Math.round(height)} px: ${target.outerHTML.slice(0, 120)}`);
  }
  return [...new Set(found)];
}

async function walk(page: Page, each: (path: string) => Promise<void>): Promise<void> {
  for (const [path, title] of lists) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await each(path);
  }
}

for (const [scheme, width] of [
  ["light", 1280],
  ["dark", 390],
  ["light", 320],
] as const) {
  test(`every list keeps to one frame, cuts nothing for good and has large targets: ${scheme}, ${width} px`, async ({
    page,
    login,
    sql,
  }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 800 });
    await login("owner");
    await withNames(sql, () =>
      walk(page, async (path) => {
        // What is cut is named by the page's own code, which is there a little later than what it shows.
        await expect.poll(() => page.evaluate(faults), { message: path }).toEqual([]);
        if (width !== 320) await expectAccessible(page);
      }),
    );
  });
}

test("no page of charts scrolls sideways at 320 px, as a desktop's at 400 % (WCAG 1.4.10)", async ({
  page,
  login,
  sql,
}) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await login("owner");
  const { rows } = await sql("SELECT id FROM tenants WHERE slug = 'corner-bakery'");
  const tenant = `/tenants/${rows[0]?.id}`;
  const fleet = [
    "",
    "/tenants",
    "/use/cpu",
    "/performance",
    "/heatmap",
    "/growth",
    "/forecast",
    "/capacity",
    "/activity",
  ];
  for (const path of ["/", tenant, `${tenant}/history`, ...fleet.map((place) => `/analytics${place}`)]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // A chart below the window is there, and not drawn yet.
    if (!path.startsWith("/analytics")) await expect(page.locator("#content canvas").last()).toBeAttached();
    await expectFits(page);
  }
});

test("an empty list says what comes next, with the button for those who may, and without for those who may not", async ({
  page,
  login,
}) => {
  await login("analyst");
  await page.goto("/reports?view=schedules");
  await expect(page.getByText("No schedule yet")).toBeVisible();
  await expect(page.getByText("Your role may read what was made, not set it up.")).toBeVisible();
  await expect(page.getByRole("button", { name: "New schedule" })).toHaveCount(0);
  await login("operator");
  await page.reload();
  await expect(page.getByRole("button", { name: "New schedule" }).last()).toBeVisible();
});

test("whatever was narrowed to nothing is widened by one button", async ({ page, login }) => {
  await login("owner");
  for (const [path, button] of [
    ["/tenants?search=no-such-tenant", "Clear search and filters"],
    ["/users?search=nobody-at-all", "Show everybody"],
    ["/schema?search=no-such-tenant", "Show all tenants"],
    ["/audit?actor=nobody-at-all", "Clear the filter"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("button", { name: button })).toHaveCount(0);
  }
});

test("a row is opened by a click anywhere in it, and a failed reading is tried again", async ({ page, login }) => {
  await login("owner");
  await page.goto("/tenants");
  await page.getByRole("table", { name: "Tenants" }).getByRole("row").nth(1).getByRole("cell").nth(2).click();
  await expect(page).toHaveURL(/\/tenants\/[0-9a-f-]{36}$/);

  const reading = /\/api\/tenancy\/reports(\?|$)/;
  await page.route(reading, (route) => route.abort());
  await page.goto("/reports?stage=failed");
  await page.getByRole("group", { name: "Status" }).getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("alert").getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 30_000 });
  await page.unroute(reading);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
});

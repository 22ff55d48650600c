import { readFileSync, writeFileSync } from "node:fs";
import { type Browser, test as base, expect, type Page } from "@playwright/test";
import { type Installation, startInstallation } from "./installation";
import { moment, sessionToken } from "./moment";

/** Where it stands with which browser the pictures were taken: another one draws letters otherwise. */
const takenWith = "e2e/pictures/taken-with.json";

const test = base.extend<object, { installation: Installation }>({
  installation: [
    async ({}, use) => {
      const installation = await startInstallation();
      await use(installation);
      await installation.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

const tenant = "/tenants/00000000-0000-7000-8000-000000004003";

const screens: readonly { name: string; path: string }[] = [
  { name: "overview", path: "/?range=24h" },
  { name: "tenants", path: "/tenants?sort=cpu&order=desc" },
  { name: "tenant", path: `${tenant}?range=24h` },
  { name: "history", path: `${tenant}/history?range=7d` },
  { name: "analytics", path: "/analytics?range=30d" },
  { name: "bulk-plan", path: "{planned}" },
  { name: "bulk-run", path: "{finished}" },
  { name: "servers", path: "/servers" },
  { name: "audit", path: "/audit" },
  { name: "reports", path: "/reports" },
];

const looks = [
  { name: "desktop", use: { viewport: { width: 1280, height: 800 }, colorScheme: "light" } },
  { name: "phone", use: { viewport: { width: 390, height: 844 }, colorScheme: "dark" } },
] as const;

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ ...look.use, reducedMotion: "reduce" } as Parameters<typeof test.use>[0]);

    test(`the main screens look as they did: ${look.name}`, async ({ page, browser, installation }) => {
      test.setTimeout(400_000);
      if (!comparable(browser)) return;
      await page.clock.setFixedTime(moment);
      // Nothing is measured here: whether the live stream has opened yet would be all that differs.
      await page.route("**/api/tenancy/stream*", () => undefined);
      await page.addInitScript(drawLettersAlike);
      const { url } = installation;
      await page
        .context()
        .addCookies([{ name: "next-auth.session-token", value: sessionToken, url, httpOnly: true, sameSite: "Lax" }]);
      for (const { name, path } of screens) {
        await page.goto(`${url}${await filled(page, url, path)}`);
        await settled(page);
        expect.soft(await lettersOfTheSystem(page), "text in letters that the console does not bring").toEqual([]);
        // A plan's digest holds when its tenants were written, by the database's clock.
        const digests = page.getByRole("main").getByText(/^[0-9a-f]{12}$/);
        await digests.evaluateAll((codes) => {
          for (const code of codes) code.replaceChildren("0".repeat(12));
        });
        await expect.soft(page).toHaveScreenshot(`${name}-${look.name}.png`);
      }
    });
  });
}

/** Whether pictures of this browser can be compared with those that are kept; says what to do where they can't. */
function comparable(browser: Browser): boolean {
  const here = { chromium: browser.version().split(".")[0], platform: process.platform };
  if (process.env.PICTURES_RENEW) {
    writeFileSync(takenWith, `${JSON.stringify(here, null, 2)}\n`);
    return true;
  }
  const kept = JSON.parse(readFileSync(takenWith, "utf8")) as typeof here;
  if (kept.chromium === here.chromium && kept.platform === here.platform) return true;
  console.log(
    `The pictures are not compared: they were taken with Chromium ${kept.chromium} on ${kept.platform}, and this is Chromium ${here.chromium} on ${here.platform}, which draws letters otherwise. To compare, take them anew before your change and after it: npm run pictures (docs/decisions/0030-pictures-of-the-main-screens.md).`,
  );
  return false;
}

/** A page's path with the id of the bulk run that it is about. */
async function filled(page: Page, url: string, path: string): Promise<string> {
  const status = path.match(/^\{(\w+)\}$/)?.[1];
  if (status === undefined) return path;
  const answer = await page.request.get(`${url}/api/tenancy/bulk-runs?status=${status}`);
  const { runs } = (await answer.json()) as { runs: { id: string }[] };
  return `/bulk/${runs[0]?.id}`;
}

/** Waits until everything that a page reads is there, its letters too. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.locator('div[hidden][id^="S:"]')).toHaveCount(0);
  await expect(page.locator('[aria-busy="true"], .mantine-Skeleton-root')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** Code is drawn in the system's own letters; in the pictures, in those that the console brings. Runs in the page. */
function drawLettersAlike(): void {
  const letters = new CSSStyleSheet();
  letters.replaceSync(":root { --mantine-font-family-monospace: 'Inter Variable' !important }");
  document.adoptedStyleSheets = [letters];
}

/** The fonts of the system in which something of the page is drawn: with other ones installed its picture is another. */
async function lettersOfTheSystem(page: Page): Promise<string[]> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("DOM.enable");
  await browser.send("CSS.enable");
  const { root } = await browser.send("DOM.getDocument");
  const { nodeIds } = await browser.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "body, body *" });
  // What was taken out of the page since then is drawn in none.
  const gone = () => ({ fonts: [] });
  const drawn = await Promise.all(
    nodeIds.map((nodeId) => browser.send("CSS.getPlatformFontsForNode", { nodeId }).catch(gone)),
  );
  await browser.detach();
  const others = drawn.flatMap(({ fonts }) => fonts.filter(({ isCustomFont }) => !isCustomFont));
  return [...new Set(others.map(({ familyName }) => familyName))];
}

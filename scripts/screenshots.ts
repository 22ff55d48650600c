import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { generate } from "otplib";

/** `npm run screenshots`: signs in to a running demo and takes the pictures that the README and docs show. */
const url = process.env.TENANTRY_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
const folder = "docs/images";
const file = join(process.env.TENANTRY_DATA_DIR ?? ".tenantry", "demo.json");
if (!existsSync(file)) {
  console.error("There is no demo here. Start one in another terminal: npm start -- --demo");
  process.exit(2);
}
const { email, password, totpSecret } = JSON.parse(readFileSync(file, "utf8")) as Record<
  "email" | "password" | "totpSecret",
  string
>;

async function signIn(page: Page): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: /sign in|continue/i }).click();
  await page.getByLabel("Six-digit code").fill(await generate({ secret: totpSecret }));
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}

async function picture(page: Page, path: string, name: string): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator("canvas, table").first().waitFor();
  // Charts draw after their code arrived and two ticks came in.
  await page.waitForResponse(() => true, { timeout: 6000 }).catch(() => undefined);
  await page.waitForTimeout(5000);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`Wrote ${join(folder, `${name}.png`)}`);
}

const executablePath = execFileSync(process.execPath, ["--import", "tsx", "scripts/chromium.ts"], {
  encoding: "utf8",
}).trim();
const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
const browser = await chromium.launch({ executablePath, args });
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  const page = await context.newPage();
  await signIn(page);
  await picture(page, "/?range=5m", "overview");
  await picture(page, "/tenants?sort=cpu&order=desc", "tenants");
  const busiest = await page.locator("table a[href^='/tenants/']").first().getAttribute("href");
  await picture(page, `${busiest}?range=5m`, "tenant");
  await picture(page, `${busiest}/history?range=30d`, "history");
  await picture(page, "/analytics?range=30d", "analytics");
  await picture(page, "/analytics/forecast", "forecast");
  await picture(page, "/schema", "schema");
  for (const [status, name] of [
    ["planned", "bulk-plan"],
    ["finished", "bulk-run"],
  ] as const) {
    const answer = await page.request.get(`${url}/api/tenancy/bulk-runs?status=${status}`);
    const { runs } = (await answer.json()) as { runs: { id: string }[] };
    if (runs[0]) await picture(page, `/bulk/${runs[0].id}`, name);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "/?range=5m", "overview-dark");
} finally {
  await browser.close();
}

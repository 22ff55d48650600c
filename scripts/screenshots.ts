import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { generate } from "otplib";
import { newInstallation, start } from "../e2e/running";
import { type DocsPicture, docsPictures, reportPicture } from "./docs-pictures";
import { smallPng } from "./small-png";

// `npm run screenshots`: starts a demo of its own, takes every picture that README.md and docs/ show, and stops it.
// `npm run screenshots -- overview tenant` takes only these.
const only = process.argv.slice(2);
const images = "docs/images";
const wanted = (name: string) => only.length === 0 || only.includes(name);
const folder = mkdtempSync(join(tmpdir(), "tenantry-screenshots-"));
chmodSync(folder, 0o755);
mkdirSync(images, { recursive: true });
const demo = start(await newInstallation(folder), ["--demo"]);
let browser: Browser | undefined;
try {
  console.log("Starting a demo and waiting for its past (some minutes)…");
  await demo.says("Its past is made up", 1_200_000);
  browser = await chromium.launch({ executablePath: found("scripts/chromium.ts"), args: quiet() });
  const state = await signedIn(browser);
  for (const picture of docsPictures.filter(({ name }) => wanted(name))) await take(browser, state, picture);
  if (wanted(reportPicture)) await takeReport(browser, state);
} finally {
  await browser?.close();
  await demo.end();
  rmSync(folder, { recursive: true, force: true });
}

type State = Awaited<ReturnType<typeof signedIn>>;

/** Signs in as the demo's user; the session, for the pages to come. */
async function signedIn(browser: Browser) {
  type SignIn = Record<"email" | "password" | "totpSecret", string>;
  const { email, password, totpSecret } = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as SignIn;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${demo.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: /sign in|continue/i }).click();
  await page.getByLabel("Six-digit code").fill(await generate({ secret: totpSecret }));
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function take(
  browser: Browser,
  state: State,
  { name, path, scheme = "light", phone }: DocsPicture,
): Promise<void> {
  const viewport = phone ? { width: 390, height: 844 } : { width: 1440, height: 900 };
  const looks = {
    viewport,
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Vienna",
  } as const;
  const context = await browser.newContext({ storageState: state, ...looks });
  const page = await context.newPage();
  await page.goto(`${demo.url}${await filled(page, path)}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator("canvas, table").first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  // Charts draw after their code arrived and two ticks came in; nothing on the page says that they have.
  await page.waitForTimeout(8000);
  keep(name, await page.screenshot({ animations: "disabled", caret: "hide" }));
  await context.close();
}

/** A path with what only the demo knows. */
async function filled(page: Page, path: string): Promise<string> {
  const ask = async <T>(asked: string): Promise<T> =>
    await (await page.request.get(`${demo.url}/api/tenancy/${asked}`)).json();
  if (path.includes("{busiest}")) {
    const { tenants } = await ask<{ tenants: { id: string }[] }>("tenants?sort=cpu&order=desc&status=active");
    return path.replace("{busiest}", tenants[0]?.id ?? "");
  }
  const status = path.match(/\{run:(\w+)\}/)?.[1];
  if (status === undefined) return path;
  const { runs } = await ask<{ runs: { id: string }[] }>(`bulk-runs?status=${status}`);
  if (!runs[0]) throw new Error(`The demo has no bulk run that is ${status}.`);
  return path.replace(/\{run:\w+\}/, runs[0].id);
}

/** Has a fleet report made as the console does, and draws its first page. */
async function takeReport(browser: Browser, state: State): Promise<void> {
  const context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  await page.goto(`${demo.url}/reports`);
  await page.getByRole("button", { name: "New report" }).click();
  const dialog = page.getByRole("dialog", { name: "New report" });
  await dialog.getByRole("combobox", { name: "What" }).click();
  await page.getByRole("option", { name: "Fleet report" }).click();
  await dialog.getByRole("button", { name: "Make report" }).click();
  const link = page
    .getByRole("table", { name: "Reports" })
    .getByRole("link", { name: /^Download / })
    .first();
  await link.waitFor({ timeout: 180_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const file = join(folder, "report.pdf");
  await download.saveAs(file);
  await context.close();
  const flags = ["-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile", file, join(folder, "report")];
  const { status, stderr } = spawnSync(found("scripts/poppler.ts", "pdftoppm"), flags, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The report could not be drawn: ${stderr}`);
  keep(reportPicture, readFileSync(join(folder, "report.png")));
}

function keep(name: string, png: Buffer): void {
  const [file, small] = [join(images, `${name}.png`), smallPng(png)];
  writeFileSync(file, small.length < png.length ? small : png);
  console.log(`Wrote ${file} (${Math.round(Math.min(small.length, png.length) / 1024)} KiB)`);
}

/** The path of a program, as a script of ours finds it. */
function found(script: string, ...args: string[]): string {
  const asked = spawnSync(process.execPath, ["--import", "tsx", script, ...args], { encoding: "utf8" });
  if (asked.status !== 0) throw new Error(asked.stderr);
  return asked.stdout.trim();
}

function quiet(): string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
}

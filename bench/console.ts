import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { budgets, isOver, javascriptBudget } from "./console-budgets";
import { gzippedSizes, lazyFiles, routeSizes } from "./console-bundles";
import { interacted, interactions, navigated } from "./console-interactions";
import { browserOf, fetchLighthouse, lighthouse, type Scores } from "./console-lighthouse";
import { liveCost } from "./console-live";
import { middle, painted, screens, signedIn } from "./console-pages";
import { makeScene, type Scene } from "./console-scene";
import { machine, option, round } from "./measuring";

const quick = process.argv.includes("--quick");
const count = option("tenants", 1000);
const rows = option("rows", 100_000);
const times = option("times", 5);

/** The folder of the built product: this one, or another clone of it. */
const folder = process.env.BENCH_WEB ?? ".";
const next = join(folder, ".next");
const chromiumPath = existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : chromium.executablePath();
const passed: string[] = [];
const figures: Record<string, unknown> = { bench: "console", tenants: count, rows };

console.log(`console: ${quick ? "the build's sizes" : `${count} real tenants, then ${rows} rows`}; ${machine()}`);
figures.bundles = bundles();
if (!quick) await installation();
const fits = passed.length === 0;
for (const words of passed) console.log(`budget passed         ${words}`);
console.log(`budgets               ${fits ? "all kept" : `${passed.length} passed`}`);
console.log(JSON.stringify({ ...figures, passed, fits }));
process.exit(fits ? 0 : 1);

/** A figure beside its budget; one that is above is told at the end. */
function against(what: string, figure: number, budget: number, unit: string): void {
  if (figure > budget) passed.push(`${what}: ${figure} ${unit}, and ${budget} ${unit} are allowed`);
}

function bundles(): Record<string, { javascript: number; styles: number }> {
  const sizes = routeSizes(next);
  const gzipped = gzippedSizes(next);
  const inAll = sizes[0]?.files.filter((file) => sizes.every(({ files }) => files.includes(file))) ?? [];
  const kB = (bytes: number) => round(bytes / 1000);
  const sum = (files: string[]) => kB(files.reduce((bytes, file) => bytes + gzipped(file), 0));
  console.log(`in every page         ${sum(inAll)} kB (React, Next.js, and what all pages share)`);
  for (const { route, javascript, styles, files } of sizes) {
    const largest = files
      .map(gzipped)
      .sort((one, other) => other - one)
      .slice(0, 5)
      .map(kB);
    console.log(
      `${route.padEnd(30)}${String(kB(javascript)).padStart(6)} kB of JavaScript, ${kB(styles)} kB of CSS; largest ${largest.join(", ")}${isOver(javascript) ? " (over 200)" : ""}`,
    );
    against(`first load of ${route}`, kB(javascript), javascriptBudget(route), "kB");
  }
  const lazy = lazyFiles(next, sizes);
  console.log(`fetched when needed   ${sum(lazy)} kB in ${lazy.length} files`);
  return Object.fromEntries(
    sizes.map(({ route, javascript, styles }) => [route, { javascript: kB(javascript), styles: kB(styles) }]),
  );
}

async function installation(): Promise<void> {
  const begun = performance.now();
  const scene = await makeScene(count, folder);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    console.log(`made in               ${round((performance.now() - begun) / 1000, 0)} s`);
    figures.few = await measured(browser, scene, `${count} tenants`);
    figures.live = await live(browser, scene);
    figures.lighthouse = await audits(scene);
    await scene.fill(rows);
    figures.many = await measured(browser, scene, `${rows} rows`);
  } finally {
    await browser.close();
    await scene.stop();
  }
}

async function measured(browser: Browser, scene: Scene, among: string) {
  const result: Record<string, object> = {};
  console.log(`\nwith ${among}`);
  for (const [name, path] of Object.entries(screens(scene))) {
    const { cold, warm, javascript } = await painted(browser, scene, path, times);
    const [first, again] = [middle(cold), middle(warm)];
    result[name] = { cold: first, warm: again, javascript: round(javascript / 1000) };
    console.log(
      `${name.padEnd(22)}LCP p50 ${first.p50} ms · p95 ${first.p95} ms; cached ${again.p50} · ${again.p95} ms; ${round(javascript / 1000)} kB of JavaScript came`,
    );
    against(`LCP of ${name} with ${among}`, first.p50, budgets.paintMs, "ms");
  }
  const context = await signedIn(browser, scene);
  const page = await context.newPage();
  // A page that is broken is quick for the wrong reason.
  page.on("pageerror", ({ message }) => passed.push(`an error in a page with ${among}: ${message}`));
  for (const name of Object.keys(interactions)) {
    const taken = await interacted(page, scene, name, times).catch((error: Error) => error);
    if (taken instanceof Error) {
      passed.push(`${name} with ${among} could not be done: ${taken.message.split("\n")[0]}`);
      continue;
    }
    const { p50, p95 } = middle(taken);
    result[name] = { p50, p95 };
    console.log(`${name.padEnd(26)}p50 ${p50} ms · p95 ${p95} ms to the next paint`);
    against(`${name} with ${among}`, p50, budgets.interactionMs, "ms");
  }
  for (const [place, taken] of Object.entries(await navigated(page, scene, times))) {
    const { p50, p95 } = middle(taken);
    result[`to ${place}`] = { p50, p95 };
    console.log(`${`to ${place}`.padEnd(26)}p50 ${p50} ms · p95 ${p95} ms from the click to its heading`);
  }
  await context.close();
  return result;
}

async function live(browser: Browser, scene: Scene) {
  const context = await signedIn(browser, scene);
  const page = await context.newPage();
  await page.goto(scene.origin);
  await page.waitForTimeout(10_000);
  const { mainThread, renderer } = await liveCost(page, 30);
  await context.close();
  const cost = { mainThread: round(mainThread), renderer: renderer === null ? null : round(renderer) };
  console.log(`open overview           ${cost.mainThread} % of a core in its main thread, ${cost.renderer} % in all`);
  against("CPU of an open overview", cost.mainThread, budgets.livePercent, "% of a core");
  return cost;
}

async function audits(scene: Scene): Promise<Record<string, Scores>> {
  const file = await fetchLighthouse();
  const browser = await browserOf({ ...scene.cookie, url: scene.origin }, chromiumPath);
  const result: Record<string, Scores> = {};
  try {
    for (const [name, path] of Object.entries(screens(scene))) {
      if (!budgets.audited.includes(name)) continue;
      for (const preset of ["desktop", "mobile"] as const) {
        const scores = await middleScores(() => lighthouse(file, scene.origin + path, { preset, port: browser.port }));
        const { found, ...three } = scores;
        result[`${name}, ${preset}`] = scores;
        console.log(`lighthouse, ${`${name}, ${preset}`.padEnd(20)}${Object.values(three).join(" · ")}`);
        for (const words of found) console.log(`    ${words}`);
        if (preset === "mobile") continue;
        for (const [category, score] of Object.entries(three))
          if (score < budgets.score) passed.push(`lighthouse's ${category} of ${name}: ${score} of 100`);
      }
    }
  } finally {
    await browser.close();
  }
  return result;
}

/** Of as many audits as of each page's loads, the one whose performance is the median. */
async function middleScores(audit: () => Promise<Scores>): Promise<Scores> {
  const all: Scores[] = [];
  for (let time = 0; time < times; time++) all.push(await audit());
  const [middle] = all.sort((one, other) => one.performance - other.performance).slice(Math.floor(times / 2));
  if (!middle) throw new Error("There was no audit.");
  return middle;
}

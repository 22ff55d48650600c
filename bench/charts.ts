import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import { interactions } from "./charts/interactions";
import { inWords, machine, option, round, spread } from "./measuring";

const series = option("series", 8);
const points = option("points", 10_000);
const bands = option("bands", 0);
/** An interaction may take that long until what it changed is on the screen, in milliseconds. */
const aim = 100;

console.log(`charts: ${series} series × ${points} points in a real Chromium; ${machine()}`);
const folder = mkdtempSync(join(tmpdir(), "tenantry-charts-"));
const server = createServer((request, response) => answer(new URL(request.url ?? "/", "http://bench"), response));
try {
  await bundle();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await measure(`${origin}/?series=${series}&points=${points}&bands=${bands}`);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The product's own component as the product builds it: minified, React for production, the canvas loaded lazily. */
async function bundle(): Promise<void> {
  await build({
    entryPoints: { page: join(import.meta.dirname, "charts/page.tsx") },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    jsx: "automatic",
    outdir: folder,
    alias: { "next/dynamic": "next/dist/shared/lib/app-dynamic.js" },
    define: { "process.env.NODE_ENV": '"production"', "process.env": "{}", __dirname: '""' },
    external: ["*.woff2"],
    logLevel: "error",
  });
}

function answer(url: URL, response: ServerResponse): void {
  const file = join(folder, url.pathname.replaceAll("..", ""));
  if (url.pathname === "/" || !existsSync(file)) {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><head><title>Charts</title><link rel="stylesheet" href="/page.css">
      </head><body><div id="root"></div><script type="module" src="/page.js"></script></body></html>`);
    return;
  }
  response.setHeader("content-type", extname(file) === ".css" ? "text/css" : "text/javascript");
  response.end(readFileSync(file));
}

async function measure(url: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 800 } });
    page.on("pageerror", (error) => console.error(error));
    const begun = performance.now();
    await page.goto(url);
    await page.getByRole("application").waitFor();
    const shown = round(performance.now() - begun, 0);
    print(shown, await run(page));
  } finally {
    await browser.close();
  }
}

type Measured = Record<string, { frames: number[]; longest: number }>;

async function run(page: Page): Promise<Measured> {
  const measured: Measured = {};
  for (const [name, act] of Object.entries(interactions)) {
    await page.waitForTimeout(600);
    await page.evaluate(() => window.taken());
    await act(page);
    await page.waitForTimeout(400);
    measured[name] = await page.evaluate(() => window.taken());
  }
  return measured;
}

function print(shown: number, measured: Measured): void {
  console.log(`first shown           ${shown} ms after the navigation began`);
  const results = Object.entries(measured).map(([name, { frames, longest }]) => {
    const times = spread(frames);
    console.log(`${name.padEnd(22)}${inWords(times)} (${frames.length} times, longest task ${round(longest)} ms)`);
    return [name, { ...times, times: frames.length, longestTask: round(longest) }] as const;
  });
  const most = Math.max(...results.map(([, { most }]) => most));
  const aims = { everyInteractionUnder100Ms: most < aim };
  console.log(
    `aim                   every interaction on the screen within ${aim} ms: ${aims.everyInteractionUnder100Ms}`,
  );
  console.log(JSON.stringify({ bench: "charts", series, points, shown, ...Object.fromEntries(results), most, aims }));
}

function chromiumPath(): string {
  return existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : chromium.executablePath();
}

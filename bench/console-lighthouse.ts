import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { freePort } from "@/lib/platform/free-port";

const version = "12.8.2";
const run = promisify(execFile);

/** A page's scores of 100, and what was found that costs some. */
export type Scores = { performance: number; accessibility: number; "best-practices": number; found: string[] };

type Audit = { id: string; title: string; score: number | null; details?: { items?: { description?: string }[] } };
type Category = { score: number | null; auditRefs: { id: string; weight: number }[] };
type Answer = { finalDisplayedUrl: string; categories: Record<string, Category>; audits: Record<string, Audit> };

/** Fetches lighthouse into a folder of its own: it is no dependency (docs/decisions/0029-speed-of-the-console.md). */
export async function fetchLighthouse(): Promise<string> {
  const folder = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    "tenantry-bench",
    `lighthouse-${version}`,
  );
  const file = join(folder, "node_modules/lighthouse/cli/index.js");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    await run("npm", [
      "install",
      "--prefix",
      folder,
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      `lighthouse@${version}`,
    ]);
  }
  return file;
}

/**
 * A browser for lighthouse in which somebody is signed in. Lighthouse could send a cookie by itself, but only with the
 * page, and none with what the page asks for: it would then measure the sign-in page.
 */
export async function browserOf(cookie: { name: string; value: string; url: string }, executablePath: string) {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-lighthouse-"));
  const port = await freePort();
  const args = ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${port}`];
  const context = await chromium.launchPersistentContext(folder, { executablePath, args, viewport: null });
  await context.addCookies([cookie]);
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, close };
}

/** The words of what an audit found, such as an error of the browser's console. */
function described(audit: Audit | undefined): string[] {
  return (audit?.details?.items ?? []).flatMap(({ description }) => description ?? []).slice(0, 3);
}

/** What lighthouse says of a page, as the browser at this port shows it. */
export async function lighthouse(
  file: string,
  url: string,
  { preset, port }: { preset: "desktop" | "mobile"; port: number },
): Promise<Scores> {
  const output = join(tmpdir(), `tenantry-lighthouse-${process.pid}.json`);
  await run(
    process.execPath,
    [
      file,
      url,
      `--port=${port}`,
      ...["--quiet", "--output=json", `--output-path=${output}`],
      "--only-categories=performance,accessibility,best-practices",
      ...(preset === "desktop" ? ["--preset=desktop"] : []),
      "--max-wait-for-load=20000",
    ],
    { timeout: 120_000, maxBuffer: 50_000_000 },
  );
  const { categories, audits, finalDisplayedUrl } = JSON.parse(readFileSync(output, "utf8")) as Answer;
  rmSync(output);
  if (finalDisplayedUrl !== url) throw new Error(`Lighthouse was led from ${url} to ${finalDisplayedUrl}.`);
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const found = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
    .map(({ id }) => audits[id])
    .filter((audit) => audit !== undefined && audit.score !== null && audit.score < 0.9)
    .map((audit) => [`${audit?.id}: ${audit?.title}`, ...described(audit)].join("; "));
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    "best-practices": score("best-practices"),
    found,
  };
}

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const version = "12.8.2";
const run = promisify(execFile);

/** A page's scores of 100, and what was found that costs some. */
export type Scores = { performance: number; accessibility: number; "best-practices": number; found: string[] };

type Audit = { id: string; title: string; score: number | null };
type Category = { score: number | null; auditRefs: { id: string; weight: number }[] };
type Answer = { categories: Record<string, Category>; audits: Record<string, Audit> };

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

/** What lighthouse says of a page, as somebody signed in sees it. */
export async function lighthouse(
  file: string,
  url: string,
  { preset, cookie, chromium }: { preset: "desktop" | "mobile"; cookie: string; chromium: string },
): Promise<Scores> {
  const output = join(tmpdir(), `tenantry-lighthouse-${process.pid}.json`);
  await run(
    process.execPath,
    [
      file,
      url,
      ...["--quiet", "--output=json", `--output-path=${output}`],
      "--only-categories=performance,accessibility,best-practices",
      ...(preset === "desktop" ? ["--preset=desktop"] : []),
      `--extra-headers=${JSON.stringify({ cookie })}`,
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
      "--max-wait-for-load=20000",
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, timeout: 120_000, maxBuffer: 50_000_000 },
  );
  const { categories, audits } = JSON.parse(readFileSync(output, "utf8")) as Answer;
  rmSync(output);
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const found = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
    .map(({ id }) => audits[id])
    .filter((audit) => audit !== undefined && audit.score !== null && audit.score < 0.9)
    .map((audit) => `${audit?.id}: ${audit?.title}`);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    "best-practices": score("best-practices"),
    found,
  };
}

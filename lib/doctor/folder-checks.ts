import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readSecrets, secretsFile } from "@/lib/platform/kept-secrets";
import { type Check, ok, unchecked, type Verdict, warning, wrong } from "./check";

/** The data folder: that it is there, closed to others, whole, and has room. */
export function folderChecks({ folder, needed }: { folder: string; needed: boolean }): Check[] {
  const inside = (look: () => Verdict) => () =>
    existsSync(folder) ? look() : unchecked(`There is no data folder (${folder}); this installation needs none.`);
  return [
    { id: "folder", about: "The data folder", look: () => place(folder, needed) },
    { id: "secrets", about: "The kept secrets", look: inside(() => secrets(folder, needed)) },
    { id: "rights", about: "Who can read the secrets and the data", look: inside(() => rights(folder)) },
    { id: "space", about: "Room on the data folder's disk", look: inside(() => room(folder)) },
  ];
}

function place(folder: string, needed: boolean): Verdict {
  if (!existsSync(folder)) {
    const words = `There is none at ${folder}.`;
    if (!needed) return unchecked(`${words} The environment gives the database and the key.`);
    return wrong(words, "Name it (TENANTRY_DATA_DIR=…), or start Tenantry once: npm start.");
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return wrong(`${folder} can't be written by this user.`, "Run this as the user that runs Tenantry.");
  }
  return ok(folder);
}

function secrets(folder: string, needed: boolean): Verdict {
  const kept = readSecrets(folder);
  if (kept) {
    const old = kept.oldSecretKeys.length;
    if (old === 0) return ok("They are whole.");
    return warning(`${old} former secret keys are kept.`, "After a restart: tenantry rotate-keys --drop-old");
  }
  if (!needed) return unchecked("The environment gives them.");
  return wrong(
    `${secretsFile(folder)} is missing.`,
    "Put it back from a backup: without it stored secrets can't be read.",
  );
}

/** Files that hold keys or data: nobody but their owner has any right to them. */
const closed = ["secrets.json", "postgres", "exports"];

function rights(folder: string): Verdict {
  if (process.platform === "win32") return unchecked("Windows keeps rights in another way.");
  const open = closed
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const mode = statSync(path, { throwIfNoEntry: false })?.mode;
      return mode === undefined || (mode & 0o077) === 0 ? [] : [{ path, mode: (mode & 0o777).toString(8) }];
    });
  if (open.length === 0) return ok("Only their owner.");
  const words = open.map(({ path, mode }) => `${path} has the rights ${mode}`).join(", ");
  return wrong(`${words}.`, `chmod go= ${open.map(({ path }) => path).join(" ")}`);
}

const gib = 2 ** 30;

function room(folder: string): Verdict {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return roomWords(bavail * bsize, blocks * bsize);
}

/** What so many free bytes of so many mean: PostgreSQL stops when it can't write. */
export function roomWords(free: number, all: number): Verdict {
  const words = `${(free / gib).toFixed(1)} GiB of ${(all / gib).toFixed(1)} GiB are free.`;
  const todo = "Make room, or move the data folder to a larger disk: PostgreSQL stops when it can't write.";
  if (free < 0.2 * gib) return wrong(words, todo);
  return free < 2 * gib || free < 0.05 * all ? warning(words, todo) : ok(words);
}

import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// The command line as plain JavaScript in dist/cli, so that a command need not be translated each time that it runs.
// `made.json` there says what it was made from: a bundle is used only while every one of these files is as it was.

const folder = "dist/cli";
const note = join(folder, "made.json");
const beside = ["tsconfig.json", "package-lock.json"];
const dayMs = 86_400_000;

/** The bundle's entry below the project's folder; undefined where there is none that was made from the present sources. */
export function bundledCli(root) {
  try {
    const { name, files, signature } = JSON.parse(readFileSync(join(root, note), "utf8"));
    const entry = join(root, folder, name, "main.js");
    return signatureOf(root, files) === signature && statSync(entry).isFile() ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Bundles the command line unless that is done. Where it can't be, commands are translated as they run: nothing stops. */
export async function bundleCli(root) {
  if (bundledCli(root) !== undefined) return;
  const name = randomUUID();
  const began = Date.now();
  try {
    const { build } = await import("esbuild");
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: { main: "lib/cli/main.ts" },
      outdir: join(folder, name),
      ...{ bundle: true, splitting: true, platform: "node", format: "esm", target: "node20", packages: "external" },
      ...{ legalComments: "none", metafile: true, logLevel: "silent", chunkNames: "[name]-[hash]" },
      tsconfig: "tsconfig.json",
    });
    const files = [...Object.keys(metafile.inputs), ...beside];
    if (files.some((file) => statSync(join(root, file)).mtimeMs >= began))
      throw new Error("its sources changed meanwhile");
    const text = JSON.stringify({ name, files, signature: signatureOf(root, files) });
    writeFileSync(join(root, folder, `${name}.json`), text);
    renameSync(join(root, folder, `${name}.json`), join(root, note));
    removeOld(root, name);
  } catch (error) {
    rmSync(join(root, folder, name), { recursive: true, force: true });
    console.warn(`tenantry  The command line was not bundled (${error.message}); its commands start more slowly.`);
  }
}

/** What files are, by their sizes and the moments when they were last changed. Throws when one is gone. */
function signatureOf(root, files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** Former bundles go after a day: a command that is running may still load parts of its own. */
function removeOld(root, present) {
  for (const { name } of readdirSync(join(root, folder), { withFileTypes: true }).filter((one) => one.isDirectory())) {
    const path = join(root, folder, name);
    if (name !== present && Date.now() - statSync(path).mtimeMs > dayMs) rmSync(path, { recursive: true, force: true });
  }
}

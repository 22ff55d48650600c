import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { declarations, packageOf } from "./runtime-types.mjs";

// `npm run build:runtime`: makes dist/runtime, the package `tenantry` for platforms' own apps, with the entries
// `tenantry/runtime` and `tenantry/client`. It holds a JavaScript file for each, their declarations, and a package.json
// with the few libraries that the runtime needs (the client needs none). Another folder can be given.

const root = resolve(import.meta.dirname, "..");
const entries = { index: join(root, "lib/runtime/index.ts"), client: join(root, "lib/sdk/index.ts") };
const out = resolve(process.argv[2] ?? join(root, "dist/runtime"));
const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const libraries = await bundle();
for (const [name, entry] of Object.entries(entries)) {
  const types = declarations(root, entry, `${name}.d.ts`);
  for (const [path, text] of types.files) write(path, text);
  for (const one of types.libraries) libraries.add(own.devDependencies[`@types/${one}`] ? `@types/${one}` : one);
}
write("package.json", `${JSON.stringify(described([...libraries].sort()), null, 2)}\n`);
if (existsSync(join(root, "LICENSE"))) write("LICENSE", readFileSync(join(root, "LICENSE"), "utf8"));

/** Bundles our own files into one for each entry; every library stays an import. Returns the libraries' names. */
async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: out,
    ...{ bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" },
    ...{ sourcemap: "linked", sourcesContent: false, metafile: true, legalComments: "none", logLevel: "warning" },
    tsconfig: join(root, "tsconfig.json"),
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  return new Set(imports.map(packageOf).filter((name) => name !== undefined));
}

function write(path, text) {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What the package says of itself: its entry, and the libraries that it needs in the versions that we test with. */
function described(libraries) {
  const versions = { ...own.devDependencies, ...own.dependencies };
  const missing = libraries.filter((name) => !versions[name]);
  if (missing.length > 0) throw new Error(`package.json does not name ${missing.join(", ")}.`);
  return {
    ...{
      name: own.name,
      version: own.version,
      description: "The tenant runtime of Tenantry and the client of its API, for a platform's own app.",
    },
    ...{ private: true, type: "module", engines: own.engines },
    exports: {
      "./runtime": { types: "./index.d.ts", default: "./index.js" },
      "./client": { types: "./client.d.ts", default: "./client.js" },
    },
    dependencies: Object.fromEntries(libraries.map((name) => [name, `^${versions[name]}`])),
  };
}

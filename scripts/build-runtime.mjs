import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { declarations, packageOf } from "./runtime-types.mjs";

// `npm run build:runtime`: makes dist/runtime, the package `tenantry` with the one entry `tenantry/runtime` for
// platforms' own apps. It holds one JavaScript file, its declarations, and a package.json with the few libraries it needs.
// Another folder can be given.

const root = resolve(import.meta.dirname, "..");
const entry = join(root, "lib/runtime/index.ts");
const out = resolve(process.argv[2] ?? join(root, "dist/runtime"));
const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const libraries = await bundle();
const types = declarations(root, entry);
for (const [path, text] of types.files) write(path, text);
for (const name of types.libraries) libraries.add(own.devDependencies[`@types/${name}`] ? `@types/${name}` : name);
write("package.json", `${JSON.stringify(described([...libraries].sort()), null, 2)}\n`);
if (existsSync(join(root, "LICENSE"))) write("LICENSE", readFileSync(join(root, "LICENSE"), "utf8"));

/** Bundles our own files into one; every library stays an import. Returns the libraries' names. */
async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(out, "index.js"),
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
      description: "The tenant runtime of Tenantry, for a platform's own app.",
    },
    ...{ private: true, type: "module", engines: own.engines },
    exports: { "./runtime": { types: "./index.d.ts", default: "./index.js" } },
    dependencies: Object.fromEntries(libraries.map((name) => [name, `^${versions[name]}`])),
  };
}

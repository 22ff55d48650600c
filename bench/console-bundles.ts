import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";

/** What the browser fetches before a page answers to its visitor, in gzipped bytes, as the build's manifests say. */
export type RouteSize = { route: string; javascript: number; styles: number; files: string[] };

type Manifest = {
  entryJSFiles?: Record<string, string[]>;
  entryCSSFiles?: Record<string, (string | { path: string })[]>;
};

/** The sizes of all pages of a build, largest first. Throws when there is no build in `next`. */
export function routeSizes(next: string): RouteSize[] {
  if (!existsSync(join(next, "BUILD_ID"))) throw new Error("Build the product first: npm run build");
  const { rootMainFiles } = JSON.parse(readFileSync(join(next, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const gzipped = gzippedSizes(next);
  const sum = (files: Iterable<string>) => [...files].reduce((bytes, file) => bytes + gzipped(file), 0);
  return manifestFiles(join(next, "server/app"))
    .flatMap((file) => Object.entries(manifestsOf(file)))
    .map(([entry, { entryJSFiles = {}, entryCSSFiles = {} }]) => {
      const files = [...new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()])];
      const styles = new Set(
        Object.values(entryCSSFiles)
          .flat()
          .map((style) => (typeof style === "string" ? style : style.path)),
      );
      return { route: routeOf(entry), javascript: sum(files), styles: sum(styles), files };
    })
    .filter(({ route }) => !route.startsWith("/_"))
    .sort((one, other) => other.javascript - one.javascript);
}

/** Gzipped bytes of one file of the build each, found out once. */
export function gzippedSizes(next: string): (file: string) => number {
  const sizes = new Map<string, number>();
  return (file) => {
    const bytes = sizes.get(file) ?? gzipSync(readFileSync(join(next, file))).length;
    sizes.set(file, bytes);
    return bytes;
  };
}

/** All chunks that no page's first load holds: what comes when it is asked for. */
export function lazyFiles(next: string, routes: readonly RouteSize[]): string[] {
  const first = new Set(routes.flatMap(({ files }) => files));
  return readdirSync(join(next, "static/chunks"))
    .filter((name) => name.endsWith(".js"))
    .map((name) => `static/chunks/${name}`)
    .filter((file) => !first.has(file));
}

function manifestFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page_client-reference-manifest.js"))
    .map((file) => join(folder, file));
}

/** The manifest is a script that writes into its globals. */
function manifestsOf(file: string): Record<string, Manifest> {
  const context = createContext({});
  runInContext(readFileSync(file, "utf8"), context);
  return (context as { __RSC_MANIFEST: Record<string, Manifest> }).__RSC_MANIFEST;
}

/** "/(console)/tenants/[id]/page" is the page at "/tenants/[id]". */
function routeOf(entry: string): string {
  return entry.replace(/\/page$/, "").replace(/\/\([^)]+\)/g, "") || "/";
}

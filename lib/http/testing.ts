import { existsSync } from "node:fs";
import { join } from "node:path";

/** Folders whose one file serves many addresses, by what these begin with. */
const byName = [
  { begins: "/api/tenancy/actions/", folder: "/api/tenancy/actions/[action]", parameter: "action" },
  {
    begins: "/api/tenancy/tenants/{id}/actions/",
    folder: "/api/tenancy/tenants/[id]/actions/[action]",
    parameter: "action",
  },
  {
    begins: "/api/tenancy/reports/tables/",
    folder: "/api/tenancy/reports/tables/[name]",
    parameter: "name",
  },
  { begins: "/api/tenancy/compat/", folder: "/api/tenancy/compat/[...path]", parameter: "path" },
];

/** The route's file that serves a contract's path, and the parameters that the path itself settles. */
export function routeOf(path: string): { file: string; settled: Record<string, string> } {
  const own = join("app", path.replaceAll("{", "[").replaceAll("}", "]"), "route.ts");
  const many = byName.find(({ begins }) => path.startsWith(begins));
  if (!many || existsSync(own)) return { file: own, settled: {} };
  const settled = { [many.parameter]: path.slice(many.begins.length) };
  return { file: join("app", many.folder, "route.ts"), settled };
}

/** Whether an address of a route's folder stands for many, each of which has a contract. */
export function isByName(path: string): boolean {
  return byName.some(({ folder }) => folder.replaceAll("[", "{").replaceAll("]", "}") === path);
}

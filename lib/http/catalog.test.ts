import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalog } from "@/lib/catalog";
import { contracts } from "@/lib/contracts";
import { permissions } from "@/lib/kernel/permissions";
import { openApiDocument } from "./openapi";
import { isByName, routeOf } from "./testing";

/** Answered by doors of their own, since they speak otherwise: a stream, downloads, and OTLP. */
const apart = [
  "ingest.metrics",
  "live.stream",
  "audit.export",
  "tenants.export",
  "bulk.download",
  "uploads.create",
  "reports.download",
];
const isApart = (id: string) => apart.includes(id) || id.startsWith("reports.tables.");

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const document = JSON.parse(JSON.stringify(openApiDocument(contracts, version))) as { paths: Record<string, object> };

describe("every operation", () => {
  test.each(contracts.map((one) => [one.id, one] as const))(
    "%s has its route, method and a known permission",
    async (_, one) => {
      const { path, method, access } = one;
      const { file } = routeOf(path);
      expect(existsSync(file), `${file} is missing`).toBe(true);
      const handlers = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, unknown>;
      expect(handlers[method], `${method} ${path} is not served`).toBeTypeOf("function");
      expect([...permissions, "public", "session", "first-factor"]).toContain(access);
    },
  );

  test("has a contract of its own in lib/contracts.ts, and no two share an id or an address", () => {
    const listed = contracts.filter(({ id }) => !isApart(id)).map(({ id }) => id);
    expect(catalog.map((op) => op.contract.id).sort()).toEqual([...listed].sort());
    expect(new Set(contracts.map(({ id }) => id)).size).toBe(contracts.length);
    expect(new Set(contracts.map(({ method, path }) => `${method} ${path}`)).size).toBe(contracts.length);
  });
});

type Handlers = Partial<Record<string, (request?: Request) => Promise<Response>>>;

/** The methods that an address answers, by its own word where it has one. */
async function servedBy(handlers: Handlers): Promise<string[]> {
  const told = (await handlers.OPTIONS?.())?.headers.get("allow");
  return told?.split(", ") ?? Object.keys(handlers);
}

test("every address answers every method, if only to say which there are", async () => {
  for (const file of readdirSync("app/api/tenancy", { recursive: true, encoding: "utf8" })) {
    // Asked by what knows no more of HTTP than a status.
    if (!file.endsWith("route.ts") || /^health\/(live|ready)/.test(file)) continue;
    const handlers = (await import(/* @vite-ignore */ join(process.cwd(), "app/api/tenancy", file))) as object;
    const all = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    expect(Object.keys(handlers).sort(), `${file}: export const { ${all.join(", ")} } = …`).toEqual(all);
  }
});

test("every route under api/tenancy is in the document, by each method it serves, and nothing else is", async () => {
  const served = new Set<string>();
  for (const file of readdirSync("app/api/tenancy", { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith("route.ts") || file.startsWith("[...unknown]")) continue;
    const path = file
      .replace(/\/route\.ts$/, "")
      .replaceAll("[", "{")
      .replaceAll("]", "}");
    const handlers = (await import(/* @vite-ignore */ join(process.cwd(), "app/api/tenancy", file))) as Handlers;
    const address = `/api/tenancy/${path}`;
    for (const method of isByName(address) ? [] : await servedBy(handlers)) served.add(`${method} ${address}`);
  }
  const described = new Set(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  );
  const methods = /^(GET|POST|PUT|PATCH|DELETE) /;
  expect([...served].filter((one) => methods.test(one) && !described.has(one)).sort()).toEqual([]);
  const known = new Set<string>(contracts.map(({ method, path }) => `${method} ${path}`));
  expect([...described].filter((one) => !known.has(one) && !served.has(one)).sort()).toEqual([]);
  expect([...described].filter((one) => !known.has(one)).sort()).toEqual([
    "GET /api/tenancy/health/live",
    "GET /api/tenancy/health/ready",
    "GET /api/tenancy/openapi.json",
  ]);
});

test("no other route of the application answers anything but sign-in and OTLP", () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|\/)route\.tsx?$/.test(file),
  );
  expect(routes.filter((file) => !file.startsWith("api/tenancy/")).sort()).toEqual([
    "api/auth/[...nextauth]/route.ts",
    "v1/metrics/route.ts",
  ]);
});

test("the OpenAPI document is the contracts' own (npm run openapi)", () => {
  expect(JSON.parse(readFileSync("docs/openapi.json", "utf8"))).toEqual(document);
});

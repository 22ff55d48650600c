import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalog } from "@/lib/catalog";
import { contracts } from "@/lib/contracts";
import { permissions } from "@/lib/kernel/permissions";
import { openApiDocument } from "./openapi";
import { isByName, routeOf } from "./testing";

/** Answered by doors of their own, since they speak otherwise: a stream, downloads, and OTLP. */
const apart = ["ingest.metrics", "live.stream", "audit.export", "tenants.export", "bulk.download"];

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
    const listed = contracts.filter(({ id }) => !apart.includes(id)).map(({ id }) => id);
    expect(catalog.map((op) => op.contract.id).sort()).toEqual([...listed].sort());
    expect(new Set(contracts.map(({ id }) => id)).size).toBe(contracts.length);
    expect(new Set(contracts.map(({ method, path }) => `${method} ${path}`)).size).toBe(contracts.length);
  });
});

test("every route under api/tenancy serves an operation or health, by no method that has no contract", async () => {
  const served = new Set<string>();
  for (const file of readdirSync("app/api/tenancy", { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith("route.ts") || file.startsWith("[...unknown]")) continue;
    const path = file
      .replace(/\/route\.ts$/, "")
      .replaceAll("[", "{")
      .replaceAll("]", "}");
    const handlers = (await import(/* @vite-ignore */ join(process.cwd(), "app/api/tenancy", file))) as object;
    const address = `/api/tenancy/${path}`;
    for (const method of isByName(address) ? [] : Object.keys(handlers)) served.add(`${method} ${address}`);
  }
  const known = new Set<string>(contracts.map(({ method, path }) => `${method} ${path}`));
  const unknown = [...served].filter((one) => !known.has(one) && /^(GET|POST|PUT|PATCH|DELETE) /.test(one));
  expect(unknown.sort()).toEqual(["GET /api/tenancy/health/live", "GET /api/tenancy/health/ready"]);
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
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const written = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument(contracts, version))));
});

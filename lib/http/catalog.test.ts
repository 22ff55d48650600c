import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog } from "@/lib/catalog";
import { contracts } from "@/lib/contracts";
import { type AnyOperation, type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { permissions, type Role, roleAllows, roles } from "@/lib/kernel/permissions";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { openApiDocument } from "./openapi";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const routeFile = (path: string) => join("app", path.replaceAll("{", "[").replaceAll("}", "]"), "route.ts");

describe("every operation", () => {
  test.each(catalog.map((op) => [op.contract.id, op] as const))(
    "%s has its route, method and a known permission",
    async (_, op) => {
      const { path, method, access } = op.contract;
      expect(existsSync(routeFile(path)), `${routeFile(path)} is missing`).toBe(true);
      const handlers = (await import(/* @vite-ignore */ join(process.cwd(), routeFile(path)))) as Record<
        string,
        unknown
      >;
      expect(handlers[method], `${method} ${path} is not served`).toBeTypeOf("function");
      expect([...permissions, "public", "session", "first-factor"]).toContain(access);
    },
  );

  test("has a contract of its own in lib/contracts.ts, and no two share an id or an address", () => {
    const listed = contracts.filter(({ id }) => id !== "live.stream").map(({ id }) => id);
    expect(catalog.map((op) => op.contract.id).sort()).toEqual([...listed].sort());
    expect(new Set(contracts.map(({ id }) => id)).size).toBe(contracts.length);
    expect(new Set(contracts.map(({ method, path }) => `${method} ${path}`)).size).toBe(contracts.length);
  });
});

test("every route under api/tenancy serves an operation, the stream or health", () => {
  const served = readdirSync("app/api/tenancy", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map(
      (file) =>
        `/api/tenancy/${file
          .replace(/\/route\.ts$/, "")
          .replaceAll("[", "{")
          .replaceAll("]", "}")}`,
    );
  const known = new Set<string>(contracts.map(({ path }) => path));
  expect(served.filter((path) => !known.has(path)).sort()).toEqual([
    "/api/tenancy/health/live",
    "/api/tenancy/health/ready",
  ]);
});

test("the OpenAPI document is the contracts' own (npm run openapi)", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const written = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument(contracts, version))));
});

/** What an operation answers with no sensible input: only whether it got past the permission matters here. */
async function outcome(op: AnyOperation, who: Parameters<typeof as>[0]): Promise<string> {
  const error = await perform(op as Operation, as(who), { id: "not-an-id", token: "x" }).then(
    () => undefined,
    (reason) => reason,
  );
  return error?.code === "unauthenticated" || error?.code === "forbidden" ? error.code : "let in";
}

function expected(op: AnyOperation, who: Role | "nobody" | "first-factor"): string {
  const { access } = op.contract;
  if (access === "public") return "let in";
  if (who === "nobody") return "unauthenticated";
  if (access === "first-factor") return "let in";
  if (who === "first-factor") return "unauthenticated";
  return access === "session" || roleAllows(who, access) ? "let in" : "forbidden";
}

describe.each([...roles, "nobody", "first-factor"] as const)("as %s", (who) => {
  test.each(catalog.map((op) => [op.contract.id, op] as const))("%s", async (_, op) => {
    expect(await outcome(op, who)).toBe(expected(op, who));
  });
});

test("a refusal is in the audit trail", async () => {
  const remove = catalog.find((op) => op.contract.id === "tenants.remove") as Operation;
  await expect(perform(remove, as("viewer"), {})).rejects.toMatchObject({ code: "forbidden" });
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "tenants.remove", outcome: "refused", actor: "viewer@example.com" });
});

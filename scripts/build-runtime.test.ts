import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");
const small = ["@redis/client", "@types/pg", "ipaddr.js", "pg", "pino", "zod"];
const heavy = /^(next|react|react-dom|prisma|@prisma\/|@mantine\/|@tanstack\/|tsx|esbuild|typescript)/;

const bare = { NODE_ENV: "production" as const, PATH: process.env.PATH };

let control: TestControl;
let folder: string;
let app: string;

beforeAll(async () => {
  control = await testControl();
  folder = mkdtempSync(join(tmpdir(), "tenantry-package-"));
  app = join(folder, "app");
  await run(process.execPath, ["scripts/build-runtime.mjs", join(folder, "built")], { cwd: root });
  await run("npm", ["pack", join(folder, "built"), "--pack-destination", folder, "--ignore-scripts"], { cwd: folder });
  mkdirSync(join(app, "node_modules"), { recursive: true });
  await run("tar", ["-xzf", join(folder, `tenantry-${read(root).version}.tgz`), "-C", join(app, "node_modules")]);
  await run("mv", [join(app, "node_modules/package"), join(app, "node_modules/tenantry")]);
  for (const name of [...Object.keys(installed().dependencies ?? {}), "@types/node"]) link(name);
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await control.close();
});

type Described = { version: string; dependencies?: Record<string, string>; type?: string };

function read(at: string): Described {
  return JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
}

function installed(): Described {
  return read(join(app, "node_modules/tenantry"));
}

/** Puts a library into the app's node_modules, as installing it would. */
function link(name: string): void {
  const at = join(app, "node_modules", name);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(join(root, "node_modules", name), at);
}

/** Every package that comes along with some, by the lock file. */
function closure(names: string[]): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const all = new Set<string>();
  const left = [...names];
  for (let name = left.pop(); name; name = left.pop()) {
    if (all.has(name)) continue;
    all.add(name);
    left.push(...Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {}));
  }
  return all;
}

const program = `
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError, byPathPrefix, bySubdomain, createRuntime, type Runtime, type RuntimeTenant, TenantRefusal } from "tenantry/runtime";

const resolvers = [bySubdomain(), byPathPrefix("/t")];
const runtime: Runtime = createRuntime({ app: "packed", baseDomain: "shops.example", resolvers, pools: { total: 2 } });
const host: string = process.argv[2] ?? "";
const tenant: RuntimeTenant = await runtime.resolve(host);
const answer = await runtime.runInTenant(tenant, async () => {
  const { rows } = await runtime.query<{ database: string; n: number }>("SELECT current_database() AS database, $1::int AS n", [7]);
  return rows[0];
});
const server = createServer(runtime.handler(async (_request, response, { path, tenant: { slug } }) => {
  const { rows } = await runtime.pool.query<{ role: string }>("SELECT current_user AS role");
  response.end(JSON.stringify({ path, slug, role: rows[0]?.role }));
}));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const served: unknown = await (await fetch(\`http://127.0.0.1:\${(server.address() as AddressInfo).port}/t/\${tenant.slug}/orders\`)).json();
server.close().closeAllConnections();
const refused: unknown = await runtime.resolve("nobody.shops.example").catch((error: unknown) => error);
console.log(JSON.stringify({
  slug: tenant.slug,
  answer,
  served,
  refused: refused instanceof TenantRefusal && refused instanceof AppError ? [refused.status, refused.refusal] : null,
}));
await runtime.close();
`;

const tsconfig = {
  compilerOptions: {
    ...{ module: "nodenext", target: "es2023", lib: ["es2023"], types: ["node"], strict: true, outDir: "out" },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
  },
  files: ["app.ts"],
};

test("it needs a few small libraries and Node, and nothing of Next.js, React or Prisma comes along", () => {
  const libraries = Object.keys(installed().dependencies ?? {});
  expect(small).toEqual(expect.arrayContaining(libraries));
  const text = readFileSync(join(app, "node_modules/tenantry/index.js"), "utf8");
  const imports = [...text.matchAll(/(?:^import\b[^"]*|\bimport\(|\brequire\()"([^"]+)"/gm)].map(([, name]) => name);
  expect(imports).toContain("pg");
  expect(imports.filter((name) => !name?.startsWith("node:") && !libraries.includes(name ?? ""))).toEqual([]);
  const all = [...closure(libraries)];
  expect(all.length).toBeLessThan(60);
  expect(all.filter((name) => heavy.test(name))).toEqual([]);
});

test("an app in TypeScript type-checks with it and, as plain JavaScript, gets a tenant's own answer", async () => {
  const tenant = await control.makeTenant("packed");
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", type: "module" }));
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(join(app, "app.ts"), program);
  const compiler = join(root, "node_modules/typescript/bin/tsc6");
  await run(process.execPath, [compiler, "-p", "."], { cwd: app }).catch(({ stdout }) => expect(stdout).toBe(""));
  const { DATABASE_URL, TENANTRY_SECRET_KEY } = process.env;
  // The app's own variables, which mean something to Tenantry too, must not matter.
  const own = { TRUSTED_PROXIES: "nginx", SESSION_HOURS: "many", TENANTRY_APP_PORT: "none", RATE_LIMIT_KEY: "off" };
  const env = { ...own, ...bare, DATABASE_URL, TENANTRY_SECRET_KEY };
  const { stdout } = await run(process.execPath, ["out/app.js", "Packed.shops.example:8080"], { cwd: app, env });
  expect(JSON.parse(stdout)).toEqual({
    slug: "packed",
    answer: { database: tenant.database, n: 7 },
    served: { path: "/orders", slug: "packed", role: tenant.role },
    refused: [404, "unknown"],
  });
}, 60_000);

test("an app whose own DATABASE_URL is another database names Tenantry's in TENANTRY_DATABASE_URL", async () => {
  const { DATABASE_URL, TENANTRY_SECRET_KEY } = process.env;
  const other = { DATABASE_URL: "postgresql://app@127.0.0.1:1/its-own", TENANTRY_DATABASE_URL: DATABASE_URL };
  const env = { ...bare, ...other, TENANTRY_SECRET_KEY };
  const { stdout } = await run(process.execPath, ["out/app.js", "packed.shops.example"], { cwd: app, env });
  expect(JSON.parse(stdout)).toMatchObject({ slug: "packed" });
});

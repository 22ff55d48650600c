import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type ServedApi, serveApi } from "@/lib/http/testing-api";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");

let control: TestControl;
let api: ServedApi;
let folder: string;
let app: string;

beforeAll(async () => {
  control = await testControl();
  api = await serveApi();
  folder = mkdtempSync(join(tmpdir(), "tenantry-client-"));
  app = join(folder, "app");
  const built = join(folder, "built");
  await run(process.execPath, ["scripts/build-runtime.mjs", built], { cwd: root });
  await run("npm", ["pack", built, "--pack-destination", folder, "--ignore-scripts"], { cwd: folder });
  mkdirSync(join(app, "node_modules/@types"), { recursive: true });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  await run("tar", ["-xzf", join(folder, `tenantry-${version}.tgz`), "-C", join(app, "node_modules")]);
  await run("mv", [join(app, "node_modules/package"), join(app, "node_modules/tenantry")]);
  symlinkSync(join(root, "node_modules/@types/node"), join(app, "node_modules/@types/node"));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  api.close();
  await stopCounting();
  await control.close();
});

const program = `
import { ApiError, createClient, type OutputOf } from "tenantry/client";

const client = createClient({ url: process.env.API ?? "", key: process.env.KEY ?? "" });
const tenant: OutputOf<"tenants.show"> = await client.send("tenants.bySlug", { slug: "packed" });
const { value, etag } = await client.read("tenants.show", { id: tenant.id });
const renamed = await client.send("tenants.edit", { id: value.id, name: "Renamed" }, { ifMatch: etag ?? "" });
const late = await client.send("tenants.edit", { id: value.id, name: "Late" }, { ifMatch: etag ?? "" }).catch((error: unknown) => error);
const slugs: string[] = [];
for await (const page of client.pages("tenants.list", { limit: 2, sort: "slug" })) slugs.push(...page.tenants.map((one) => one.slug));
const file = await client.download("tenants.export", {});
const csv = await new Response(file.body).text();
// @ts-expect-error There is no such operation.
const unknown = client.send("tenants.fly", {});
await unknown.catch(() => undefined);
// @ts-expect-error A status is one of few words.
const wrong = await client.send("tenants.list", { status: ["asleep"] }).catch((error: unknown) => error);
console.log(JSON.stringify({
  name: renamed.name,
  late: late instanceof ApiError ? [late.status, late.code] : late,
  slugs,
  file: [file.name, csv.includes("packed")],
  wrong: wrong instanceof ApiError ? [wrong.status, Object.keys(wrong.errors), typeof wrong.requestId] : wrong,
}));
`;

const tsconfig = {
  compilerOptions: {
    ...{ target: "ES2022", lib: ["ES2022", "DOM", "DOM.Iterable"], module: "nodenext", outDir: "out", types: ["node"] },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
  },
  files: ["app.ts"],
};

test("a program type-checks with tenantry/client and, as plain JavaScript, works with an installation's API", async () => {
  for (const slug of ["packed", "other", "third"]) await control.makeTenant(slug);
  const permissions = ["tenants:read", "tenants:update", "reports:read"] as const;
  const { secret } = await perform(createKey, as("system"), { name: "packed", permissions: [...permissions] });
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", type: "module" }));
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(join(app, "app.ts"), program);
  const compiler = join(root, "node_modules/typescript/bin/tsc6");
  await run(process.execPath, [compiler, "-p", "."], { cwd: app }).catch(({ stdout }) => expect(stdout).toBe(""));
  const env = { NODE_ENV: "production" as const, PATH: process.env.PATH, API: api.url, KEY: secret };
  const { stdout } = await run(process.execPath, ["out/app.js"], { cwd: app, env });
  expect(JSON.parse(stdout)).toEqual({
    name: "Renamed",
    late: [412, "changed"],
    slugs: ["other", "packed", "third"],
    file: [expect.stringMatching(/\.csv$/), true],
    wrong: [422, [expect.stringMatching(/^status/)], "string"],
  });
}, 90_000);

test("the client brings no library along, and nothing of the runtime", () => {
  const text = readFileSync(join(app, "node_modules/tenantry/client.js"), "utf8");
  expect(text).not.toMatch(/^import\b|\brequire\(/m);
});

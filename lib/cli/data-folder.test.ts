import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { person } from "@/lib/access/testing";
import { findAction } from "@/lib/bulk/actions";
import { workUntilRest } from "@/lib/bulk/testing-runs";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { alone, type Outcome } from "./testing";

// Programs are slow to start where many things run.
vi.setConfig({ testTimeout: 180_000 });

const data = mkdtempSync(join(tmpdir(), "tenantry-data-"));
const exports = join(data, "exports");
const files = join(data, "files");
let control: TestControl;
let shop: TestTenant;
let env: Record<string, string>;

beforeAll(async () => {
  // The worker is this process: it is told where exports are, as `npm start` tells its own.
  vi.stubEnv("EXPORT_DIR", exports);
  mkdirSync(files);
  control = await testControl();
  shop = await control.makeTenant("shop");
  await control.sql(`ALTER SCHEMA public OWNER TO "${shop.role}"`, [], shop.database);
  await person("ada", "admin");
  const { DATABASE_URL = "", TENANTRY_SECRET_KEY = "" } = process.env;
  env = { DATABASE_URL, TENANTRY_SECRET_KEY, TENANTRY_DATA_DIR: data, PORT: "4567" };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await control.close();
  rmSync(data, { recursive: true, force: true });
});

/** Runs a command as a program, and meanwhile works on the run that it begins, as the worker does. */
async function withWorker(...args: string[]): Promise<Outcome> {
  const before = new Set((await controlDb().bulkRun.findMany({ select: { id: true } })).map(({ id }) => id));
  const outcome = alone(env, ...args);
  let begun: string | undefined;
  await vi.waitFor(
    async () => {
      const runs = await controlDb().bulkRun.findMany({ where: { status: "running" }, select: { id: true } });
      begun = runs.find(({ id }) => !before.has(id))?.id;
      expect(begun).toBeDefined();
    },
    { timeout: 60_000, interval: 50 },
  );
  await workUntilRest(begun ?? "", findAction);
  return await outcome;
}

const sql = async (query: string) => (await control.sql(query, [], shop.database)).rows;

test("where only a data folder is named, links lead to the console's port", async () => {
  const link = await alone(env, "users", "password-link", "ada@example.com");
  expect(link).toMatchObject({ code: 0, out: expect.stringMatching(/^http:\/\/localhost:4567\/new-password\//) });
});

test("an export and an import of a tenant go by the data folder's exports, and say how they ended", async () => {
  await sql(`SET ROLE "${shop.role}"; CREATE TABLE goods (id int PRIMARY KEY, name text)`);
  await sql("INSERT INTO goods VALUES (1, 'lamp')");
  const file = join(files, "shop.sql.gz");
  const exported = await withWorker("tenants", "export", "shop", file);
  expect(exported).toMatchObject({ code: 0, out: "", said: expect.stringMatching(/The data is in .*shop\.sql\.gz\./) });
  expect(gunzipSync(readFileSync(file)).toString()).toContain("lamp");
  expect(readdirSync(exports).length).toBeGreaterThan(0);

  await sql("DELETE FROM goods");
  const imported = await withWorker("tenants", "import", "shop", file, "--wait");
  expect(imported).toMatchObject({ code: 0, out: expect.stringMatching(/^Run .* finished: 1 done/) });
  expect(await sql("SELECT name FROM goods")).toEqual([{ name: "lamp" }]);
  expect(readdirSync(exports)).toContain("uploads");
});

test("an import that fails says why, and its exit code is 1", async () => {
  const file = join(files, "wrong.sql");
  writeFileSync(file, "SELECT nonsense FROM nowhere;\n");
  const failed = await withWorker("tenants", "import", "shop", file, "--wait");
  expect(failed).toMatchObject({ code: 1, said: expect.stringMatching(/shop: .+\n.*1 tenant of 1 failed/) });
  expect(await sql("SELECT name FROM goods")).toEqual([{ name: "lamp" }]);
});

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type ServedApi, serveApi } from "@/lib/http/testing-api";
import { systemClock } from "@/lib/kernel/clock";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { runSaga } from "@/lib/tenants/saga";
import { alone } from "../testing";

// Programs are started, each of which reads all its code first.
vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;
let api: ServedApi;
let own: Record<string, string>;
let key: string;
const over = new AbortController();
let worker: Promise<void>;

beforeAll(async () => {
  control = await testControl();
  api = await serveApi();
  await control.makeTenant("shop");
  const { DATABASE_URL = "", TENANTRY_SECRET_KEY = "" } = process.env;
  own = { DATABASE_URL, TENANTRY_SECRET_KEY };
  key = (await perform(createKey, as("system"), { name: "load", permissions: ["tenants:read"], rateLimit: 5 })).secret;
  worker = work();
});
afterAll(async () => {
  over.abort();
  await worker;
  api.close();
  await stopCounting();
  await control.close();
});

/** What a worker does of the tenants' steps. */
async function work(): Promise<void> {
  while (!over.signal.aborted) {
    const open = await controlDb().tenant.findMany({
      where: { deletedAt: null, status: { in: ["provisioning", "deleting"] } },
    });
    for (const { id } of open) await runSaga(id, { clock: systemClock }).catch(() => undefined);
    await delay(50);
  }
}

const slugs = async () => {
  const rows = await controlDb().tenant.findMany({ where: { deletedAt: null }, orderBy: { slug: "asc" } });
  return rows.map(({ slug }) => slug);
};

describe("test tenants", () => {
  test("are made once, filled, told apart from others, and dropped to the last", async () => {
    const dry = await alone(own, "create-test-tenants", "--count", "2", "--dry-run");
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/Would call tenants.create/) });
    expect(await slugs()).toEqual(["shop"]);
    const made = await alone(own, "create-test-tenants", "--count", "2", "--rows", "100", "--json");
    expect(made.code).toBe(0);
    expect(JSON.parse(made.out)).toMatchObject({ made: 2, failed: [], filled: 2 });
    const tenant = await controlDb().tenant.findFirstOrThrow({ where: { slug: "load-0002", deletedAt: null } });
    const rows = await control.sql("SELECT count(*)::int AS rows FROM tenantry_test_rows", [], tenant.database);
    expect(rows.rows).toEqual([{ rows: 100 }]);
    expect(tenant.tags.sort()).toEqual(["test", "test-load"]);
    const again = await alone(own, "create-test-tenants", "--count", "2", "--json");
    expect(JSON.parse(again.out)).toMatchObject({ made: 0, filled: null });
    // Another one with the same tag and a slug that the command would not have given.
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { tags: ["test-load"] } });
    const refused = await alone(own, "create-test-tenants", "--remove");
    expect(refused).toMatchObject({ code: 2, said: expect.stringMatching(/dropped for good.*--yes/) });
    const removed = await alone(own, "create-test-tenants", "--remove", "--yes", "--json");
    expect(removed).toMatchObject({ code: 0, out: '{"removed":1}\n' });
    expect(await slugs()).toEqual(["load-0002", "shop"]);
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { tags: ["test", "test-load"] } });
    expect((await alone(own, "create-test-tenants", "--remove", "--yes", "--json")).out).toBe('{"removed":1}\n');
    const { rowCount } = await control.sql("SELECT 1 FROM pg_database WHERE datname = $1", [tenant.database]);
    expect(rowCount).toBe(0);
  });

  test("are asked for rightly, or nothing happens", async () => {
    for (const wrong of [
      ["--count", "0"],
      ["--prefix", "Load"],
      ["--rows", "1.5"],
      ["--plan", "gold"],
    ]) {
      expect((await alone(own, "create-test-tenants", ...wrong)).code).toBe(2);
    }
    expect(await slugs()).toEqual(["shop"]);
  });
});

test("test-performance tells what it measured, how, and of how many", async () => {
  const { code, out } = await alone(own, "test-performance", "--samples", "20", "--json");
  expect(code).toBe(0);
  const told = JSON.parse(out);
  expect(told).toMatchObject({ samples: 20, tenants: 1, where: "in this process, without HTTP" });
  const names = told.measured.map(({ name }: { name: string }) => name);
  expect(names).toEqual([
    ...["tenants.list", "tenants.show", "metrics.overview", "activities.list"],
    ...["control database", "runtime: whose host", "runtime: checkout", "tenants: a query"],
  ]);
  for (const { ms, failed, how } of told.measured) {
    expect({ count: ms.count, failed }).toEqual({ count: 20, failed: 0 });
    expect(how.length).toBeGreaterThan(10);
    expect(ms.p50).toBeGreaterThan(0);
    expect(ms.max).toBeGreaterThanOrEqual(ms.p99);
  }
  expect(await controlDb().runtimeProcess.count()).toBe(0);
});

describe("a stress test", () => {
  const brief = ["--clients", "2", "--seconds", "1", "--ramp", "0.5"];

  test("asks tenants' databases through the runtime, and leaves nothing behind", async () => {
    const { code, out } = await alone(own, "stress-test", ...brief, "--rate", "20", "--tenants", "shop", "--json");
    expect(code).toBe(0);
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      ended: false,
      rateFrom: "given",
      held: { rate: 20, due: 20, failed: {}, limited: {} },
    });
    expect(told.held.response.count).toBe(told.held.done + told.held.unsent);
    expect(told.climb.map(({ clients }: { clients: number }) => clients)).toEqual([1, 2]);
    expect(await controlDb().runtimeProcess.count()).toBe(0);
  });

  test("of the API tells refusals by the rate limit apart from failures", async () => {
    const remote = { TENANTRY_URL: api.url, TENANTRY_API_KEY: key };
    const told = await alone(remote, "stress-test", ...brief, "--rate", "50", "--operations", "tenants.list");
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/refused by a limit \(429: \d+\)/);
    expect(told.out).toMatch(/What limited it:\n +A limit of requests/);
    expect(told.out).not.toMatch(/failed \(/);
  });

  test("needs --yes for much load, and knows what can be asked", async () => {
    const much = await alone(own, "stress-test", "--clients", "100");
    expect(much).toMatchObject({ code: 2, said: expect.stringMatching(/slows down everybody.*--yes/) });
    for (const wrong of [
      ["--seconds", "0"],
      ["--clients", "1.5"],
      ["--operations", "tenants.list"],
    ]) {
      expect((await alone(own, "stress-test", ...wrong)).code).toBe(2);
    }
    const remote = { TENANTRY_URL: api.url, TENANTRY_API_KEY: key };
    const writes = await alone(remote, "stress-test", "--operations", "tenants.create");
    expect(writes).toMatchObject({ code: 2, said: expect.stringMatching(/can't be asked like that/) });
  });

  test("ends at Ctrl-C with the report so far", async () => {
    const args = ["--clients", "1", "--seconds", "60", "--ramp", "0.2", "--rate", "5", "--tenants", "shop"];
    const child = spawn(process.execPath, ["scripts/tenantry.mjs", "stress-test", ...args], {
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...own },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    const out = text(child.stdout);
    const code = new Promise((resolve) => child.once("exit", resolve));
    await expect.poll(() => said, { timeout: 50_000 }).toMatch(/of 60 s: \d+ answered/);
    child.kill("SIGINT");
    expect(await code).toBe(130);
    expect(await out).toMatch(/^Ended early[\s\S]*Held: 5 requests a second \(as given\) for \d/);
    expect(await controlDb().runtimeProcess.count()).toBe(0);
  });
});

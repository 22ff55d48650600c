import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeRun, registryTenants } from "@/lib/bulk/testing-runs";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type ServedApi, serveApi } from "@/lib/http/testing-api";
import { keyPermissions } from "@/lib/kernel/permissions";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { alone, type Outcome } from "./testing";

// Programs are slow to start where many things run.
vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;
let api: ServedApi;
let secret: string;
let reader: string;
let env: Record<string, string>;
let shop: { id: string };
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));

beforeAll(async () => {
  control = await testControl();
  api = await serveApi();
  shop = await control.makeTenant("shop");
  await registryTenants((await controlDb().server.findFirstOrThrow()).id, 1200, "many");
  secret = (await perform(createKey, as("system"), { name: "cli", permissions: [...keyPermissions] })).secret;
  reader = (await perform(createKey, as("system"), { name: "reader", permissions: ["tenants:read"] })).secret;
  env = { TENANTRY_URL: api.url, TENANTRY_API_KEY: secret };
});
beforeEach(() => {
  api.asked.length = 0;
});
afterAll(async () => {
  api.close();
  await stopCounting();
  await control.close();
  rmSync(folder, { recursive: true });
});

/** What a command says over the API; no secret is ever in it. */
async function tenantry(...args: string[]): Promise<Outcome> {
  const outcome = await alone(env, ...args);
  expect(`${outcome.out}${outcome.said}`).not.toContain(secret);
  return outcome;
}

const audited = async () => (await control.sql("SELECT count(*)::int AS events FROM audit_events")).rows[0].events;

describe("a list", () => {
  test("is lines with tabs between where nobody sits at a terminal, and tells when there is more", async () => {
    const { code, out, said } = await tenantry("tenants", "list", "--search", "many", "--limit", "2", "--sort", "slug");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      expect.stringMatching(/^many-0\tmany-0\t\w+\tstarter\tlocal\t[^\t]+\t–?$/),
      expect.stringMatching(/^many-1\t/),
      "",
    ]);
    expect(said).toMatch(/first 2; --all shows them all/);
  });

  test("with --json is exactly the API's answer, and with --all every page of it", async () => {
    const { out, said } = await tenantry("tenants", "list", "--search", "shop", "--json");
    const asked = await fetch(`${api.url}/api/tenancy/tenants?search=shop`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(out).toBe(`${await asked.text()}\n`);
    expect(said).toBe("");
    const all = await tenantry("tenants", "list", "--all", "--json");
    const { tenants, total, next } = JSON.parse(all.out);
    expect({ count: tenants.length, next }).toEqual({ count: total, next: null });
    expect(new Set(tenants.map((one: { id: string }) => one.id)).size).toBe(total);
  });

  test("may be left by who reads it: quietly", async () => {
    const line = `${process.execPath} scripts/tenantry.mjs tenants list --all --json | head -c 20`;
    const child = spawn("bash", ["-o", "pipefail", "-c", line], {
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect({ code, said }).toEqual({ code: 0, said: "" });
  });
});

describe("the exit code", () => {
  test.each<[string, number, string[], RegExp, Record<string, string>?]>([
    ["of a wrong option is 2", 2, ["tenants", "list", "--colour"], /unknown option '--colour'/],
    ["of a wrong value is 2", 2, ["tenants", "list", "--status", "asleep"], /There is no asleep. There are: prov/],
    ["of what the API finds invalid is 2", 2, ["api", "tenants.list", "--field", "limit=999"], /limit: /],
    ["of an unknown noun is 2", 2, ["nonsense"], /see tenantry --help/],
    ["of an unknown operation is 2", 2, ["api", "tenants.fly"], /There is no operation tenants.fly/],
    ["of an address that is none is 2", 2, ["tenants", "list", "--url", "here"], /"here" is not an address/],
    [
      "of a password in an address is 2",
      2,
      ["tenants", "list", "--url", "http://u:hidden@h"],
      /^(?!.*hidden).*password/s,
    ],
    ["of a key on two lines is 2", 2, ["tenants", "list", "--key", "tnt_hidden\nPART"], /^(?!.*hidden).*on one line/s],
    ["of a wrong key is 3", 3, ["tenants", "list", "--key", "tk_wrong_key"], /key/i],
    [
      "of what a key may not is 3",
      3,
      ["users", "invite", "a@example.com", "--role", "viewer"],
      /does not include users:create.* only people can do this/,
    ],
    ["of an unknown tenant is 4", 4, ["tenants", "show", "nobody"], /There is no such tenant: nobody/],
    ["of a conflict is 5", 5, ["tenants", "create", "shop", "--server", "local"], /slug: Another tenant/],
    ["of a server that is down is 6", 6, ["tenants", "list", "--url", "http://127.0.0.1:1"], /can't be reached/],
    ["of what only the host can do is 2", 2, ["app-env"], /own host/],
    ["of a look at the host's database from afar is 2", 2, ["db", "status"], /own host/],
    ["of a change of the host's database from afar is 2", 2, ["db", "migrate", "--dry-run"], /own host/],
  ])("%s", async (_, expected, args, words) => {
    const servers = (await controlDb().server.findFirstOrThrow()).name;
    const { code, out, said } = await tenantry(...args.map((one) => (one === "local" ? servers : one)));
    expect({ code, out, said }).toEqual({ code: expected, out: "", said: expect.stringMatching(words) });
  });
});

describe("a change", () => {
  test("in a dry run is told and not sent", async () => {
    const before = await audited();
    const { code, out } = await tenantry("tenants", "delete", "shop", "--dry-run", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ...{ dryRun: true, operation: "tenants.remove", input: { id: shop.id, confirm: "shop" } },
    });
    expect(api.asked.filter((one) => !one.startsWith("GET "))).toEqual([]);
    expect(await audited()).toBe(before);
    const words = await tenantry("tenants", "create", "new", "--dry-run");
    expect(words.out).toMatch(/Would call tenants.create \(POST .*"slug":"new"/);
  });

  test("that is dangerous needs --yes where nobody can be asked", async () => {
    const { code, out, said } = await tenantry("tenants", "delete", "shop");
    expect({ code, out, said }).toEqual({ code: 2, out: "", said: expect.stringMatching(/give --yes/) });
    expect(api.asked).toEqual([]);
  });

  test("is done, and done again undone", async () => {
    const told = await tenantry("tenants", "status", "shop", "suspended", "--reason", "Unpaid", "--yes");
    expect(told).toMatchObject({ code: 0, out: "Tenant shop is suspended.\n", said: "" });
    const { out } = await tenantry("tenants", "status", "shop", "active", "--json");
    expect(JSON.parse(out)).toMatchObject({ slug: "shop", status: "active" });
    const edited = await tenantry("tenants", "edit", "shop", "--name", "The Shop", "--tags", "eu,vip");
    expect(edited).toMatchObject({ code: 0, out: "Tenant shop is changed.\n" });
    const shown = await tenantry("tenant", "show", "shop");
    expect(shown.out).toMatch(/^Name +The Shop\n/m);
    expect(shown.out).toMatch(/^Tags +eu, vip\n/m);
  });
});

test("a run is planned, looked at and cancelled", async () => {
  const planned = await tenantry("runs", "plan", "vacuum", "--tenant", "shop", "--json");
  expect(planned.code).toBe(0);
  const { id } = JSON.parse(planned.out);
  expect((await tenantry("runs", "show", id)).out).toMatch(/waits to be confirmed/);
  expect((await tenantry("runs", "items", id)).out).toMatch(/^0\tshop\t/);
  expect(await tenantry("runs", "cancel", id, "--yes")).toMatchObject({ code: 0 });
  const bare = await tenantry("runs", "plan", "set-limits", "--tenant", "shop");
  expect(bare).toMatchObject({ code: 2, said: expect.stringMatching(/set-limits takes: \w+.*--field name=value/) });
  const none = await tenantry("runs", "plan", "vacuum");
  expect(none).toMatchObject({ code: 2, said: expect.stringMatching(/Say which tenants/) });
});

/** What is said of a run that is watched until Ctrl-C, which comes as soon as these words were said; with exit code 130. */
async function watchedUntil(run: string, words: string): Promise<string> {
  const child = spawn(process.execPath, ["scripts/tenantry.mjs", "runs", "watch", run], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise<void>((resolve) => {
    child.stderr.on("data", (chunk) => {
      said += chunk;
      if (said.includes(words)) resolve();
    });
  });
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  return said;
}

test("Ctrl-C while a run is followed ends the command alone, and says how to look at it", async () => {
  const run = await makeRun([{ id: shop.id, slug: "shop" }]);
  const said = await watchedUntil(run, "running: 1 pending");
  expect(said).toContain(`The run goes on. Look at it: tenantry runs watch ${run}`);
  await controlDb().bulkItem.updateMany({ where: { runId: run }, data: { status: "failed", words: "lost" } });
  await controlDb().bulkRun.update({ where: { id: run }, data: { status: "finished", finishedAt: new Date() } });
  const watched = await tenantry("runs", "watch", run);
  expect(watched).toMatchObject({ code: 1, said: expect.stringMatching(/1 tenant of 1 failed/) });
});

test("a run that is only planned is not waited for where nobody sits: how to confirm it, and exit code 5", async () => {
  const { id, digest } = JSON.parse((await tenantry("runs", "plan", "vacuum", "--tenant", "shop", "--json")).out);
  const hint = `the run waits for its confirmation. Confirm it: tenantry runs confirm ${id} --digest ${digest}`;
  for (const how of [[], ["--json"]]) {
    const watched = await tenantry("runs", "watch", id, ...how);
    expect(watched).toEqual({ code: 5, out: "", said: `tenantry: Nothing has started: ${hint}\n` });
  }
  await tenantry("runs", "cancel", id, "--yes");
});

test("a file is written beside who asks, and never over another", async () => {
  const child = async () => {
    const { TENANTRY_URL = "", TENANTRY_API_KEY = "" } = env;
    return await alone({ TENANTRY_URL, TENANTRY_API_KEY }, "tenants", "export-list", join(folder, "list.csv"));
  };
  expect(await child()).toMatchObject({ code: 0, out: "", said: expect.stringMatching(/list.csv/) });
  expect(readFileSync(join(folder, "list.csv"), "utf8")).toContain("shop");
  expect(await child()).toMatchObject({ code: 5, said: expect.stringMatching(/exists already/) });
  expect((await alone({ ...env, TENANTRY_API_KEY: reader }, "tenants", "export-list")).code).toBe(3);
});

test("a file with data is uploaded and its import begins; one that is not there is not found", async () => {
  writeFileSync(join(folder, "shop.sql"), "-- nothing yet\n");
  const none = await tenantry("tenants", "import", "shop", join(folder, "none.sql"), "--yes");
  expect(none).toMatchObject({ code: 4, said: expect.stringMatching(/none.sql can't be read \(ENOENT\)/) });
  const dry = await tenantry("tenants", "import", "shop", join(folder, "shop.sql"), "--dry-run");
  expect(dry).toMatchObject({ code: 0, out: "Would upload the file by uploads.create.\n" });
  expect(api.asked).not.toContain("POST /api/tenancy/uploads");
  const begun = await tenantry("tenants", "import", "shop", join(folder, "shop.sql"), "--json");
  expect(begun.code).toBe(0);
  expect(JSON.parse(begun.out)).toMatchObject({ action: "import-data", total: 1 });
});

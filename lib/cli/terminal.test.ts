import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { tenantry } from "./testing";

// Programs are slow to start where many things run.
vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
  const { id } = await control.makeTenant("acme");
  await control.makeTenant("elms");
  const name = "東京都庁の大きなお店 with a name that goes on and on and on and on and on";
  await controlDb().tenant.update({ where: { id }, data: { name } });
});
afterAll(async () => {
  await control.close();
});

/** What a terminal shows of a command, where something is typed as soon as it is asked for. */
async function atTerminal(line: string, typed = ""): Promise<string> {
  const command = `stty cols 80; ${process.execPath} scripts/tenantry.mjs ${line}; echo "exit code $?"`;
  // Where tests run without a terminal, their surroundings may say that nothing takes colours.
  const { CI: _ci, NO_COLOR: _no, FORCE_COLOR: _force, ...plain } = process.env;
  const child = spawn("script", ["-qec", command, "/dev/null"], { env: { ...plain, TERM: "xterm" } });
  let shown = "";
  let left = typed;
  child.stdout.on("data", (chunk) => {
    shown += chunk;
    if (left === "" || !/to go on\.|Go on\?/.test(shown)) return;
    child.stdin.write(left);
    left = "";
  });
  await new Promise((resolve) => child.once("close", resolve));
  return shown.replaceAll("\r\n", "\n");
}

/** A run that vacuums elms, planned and not confirmed. */
async function plannedRun() {
  const { id } = JSON.parse((await tenantry("runs", "plan", "vacuum", "--tenant", "elms", "--json")).out);
  return { id, planned: async () => (await controlDb().bulkRun.findUniqueOrThrow({ where: { id } })).status };
}

/** What of a text a terminal would do something with that no reader sees. */
const moving = (text: string) => [...text].filter((one) => "\u001b\u009b\u202e\u{e0001}".includes(one));

const status = async () => (await controlDb().tenant.findFirstOrThrow({ where: { slug: "acme" } })).status;

// It needs util-linux's script, which lends it a terminal; other systems' script takes other arguments.
describe.runIf(process.platform === "linux")("at a terminal", () => {
  test("a list is a table that fits, with its head set apart", async () => {
    const shown = await atTerminal("tenants list");
    expect(shown).toContain("\u001b[1mSlug\u001b[22m");
    expect(shown).toMatch(/^acme {2}東京都庁の.*… +active +starter +local +server .* –\n/m);
    expect(await atTerminal("tenants list --no-color")).not.toContain("\u001b");
  });

  test("what can't be taken back asks for its name, and Ctrl-C or another name leaves all as it is", async () => {
    expect(await atTerminal("tenants delete acme", "birch\r")).toMatch(/it was not confirmed\.\nexit code 2\n/);
    expect(await atTerminal("tenants delete acme", "\u0003")).toMatch(/Stopped\. Nothing was done\.\nexit code 130\n/);
    expect(await status()).toBe("active");
    expect(await atTerminal("tenants delete acme", "acme\r")).toMatch(/Tenant acme is deleted\..*\nexit code 0\n/);
    expect(await status()).toBe("deleted");
  });

  test("a run's confirmation tells its plan, and starts it only with a yes", async () => {
    const { id, planned } = await plannedRun();
    const shown = await atTerminal(`runs confirm ${id}`, "n");
    for (const words of ["Vacuum", "elms", "within reach", "Go on?"]) expect(shown).toContain(words);
    expect(shown).toMatch(/it was not confirmed\.\nexit code 2\n/);
    expect(await planned()).toBe("planned");
    expect(await atTerminal(`runs confirm ${id}`, "y")).toMatch(/exit code 0\n/);
    expect(await planned()).toBe("running");
  });

  test("no name moves its cursor, colours it or turns its words round: as words, table, JSON, failure or file", async () => {
    const name = "a\u009b31mb\u202ec\u001b[2Jd\u{e0001}";
    await controlDb().tenant.update({ where: { slug: "elms" }, data: { name } });
    for (const line of ["tenants show elms", "tenants list", "api tenants.list", "tenants export-list"]) {
      const shown = await atTerminal(`${line} --no-color`);
      expect(shown, line).toContain("\\u009b31mb\\u202ec");
      expect(moving(shown), line).toEqual([]);
    }
    const json = await atTerminal("tenants list --search elms --json");
    expect(moving(json)).toEqual([]);
    expect(JSON.parse(json.split("\n")[0] ?? "").tenants).toMatchObject([{ name }]);
    const { id } = await plannedRun();
    await controlDb().bulkItem.updateMany({ where: { runId: id }, data: { status: "failed", words: name } });
    await controlDb().bulkRun.update({ where: { id }, data: { status: "finished", finishedAt: new Date() } });
    const failed = await atTerminal(`runs watch ${id} --quiet`);
    expect(failed).toContain("elms: a\\u009b31mb");
    expect(moving(failed)).toEqual([]);
  });
});

import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";

// Programs are slow to start where many things run.
vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
  const { id } = await control.makeTenant("acme");
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
    if (left === "" || !shown.includes("to go on.")) return;
    child.stdin.write(left);
    left = "";
  });
  await new Promise((resolve) => child.once("close", resolve));
  return shown.replaceAll("\r\n", "\n");
}

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
});

import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { freePort } from "@/lib/platform/free-port";
import { databaseUrl, type Installation, newInstallation, type Running, start } from "./running";

test.describe.configure({ mode: "serial" });

let where: Installation;
let running: Running;

test.beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-supervisor-"));
  chmodSync(folder, 0o755);
  where = await newInstallation(folder);
  running = start(where);
  await running.says("Ctrl-C stops everything");
});

test.afterAll(async () => {
  if (running.process.exitCode === null) await running.end();
  rmSync(where.folder, { recursive: true, force: true });
});

/** The processes that descend from one, or ran for this installation. */
function processesOf(): string[] {
  const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  const marks = [where.folder, `-p ${where.port} `, `-p ${where.databasePort} `];
  return lines.filter((line) => marks.some((mark) => line.includes(mark)));
}

function children(): { pid: number; args: string }[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).trim().split("\n");
  return lines.flatMap((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === running.process.pid ? [{ pid: Number(pid), args: args.join(" ") }] : [];
  });
}

const childOf = (part: string): number => children().find(({ args }) => args.includes(part))?.pid ?? 0;

const answers = () =>
  fetch(`${running.url}/api/tenancy/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  );

test("a second start in the same folder, or on a taken port, says so and changes nothing", async () => {
  const second = start(where);
  await expect.poll(() => second.process.exitCode, { timeout: 30_000 }).toBe(1);
  expect(second.output()).toContain("is running here already");
  const port = await freePort();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, "127.0.0.1", resolve));
  const folder = mkdtempSync(join(tmpdir(), "tenantry-second-"));
  const third = start({ ...where, folder, port });
  await expect.poll(() => third.process.exitCode, { timeout: 30_000 }).toBe(1);
  expect(third.output()).toContain(`The port ${port} is taken by another program`);
  holder.close();
  rmSync(folder, { recursive: true, force: true });
  expect(await answers()).toBe(true);
});

test("an option that does not exist is refused with those that do", async () => {
  const wrong = start(where, ["--demmo"]);
  await expect.poll(() => wrong.process.exitCode, { timeout: 30_000 }).toBe(1);
  expect(wrong.output()).toContain("There is no option --demmo. The options are: --demo, --dev");
});

test("a data folder that can't be made is named", async () => {
  const wrong = start({ ...where, folder: "/proc/x" });
  await expect.poll(() => wrong.process.exitCode, { timeout: 30_000 }).toBe(1);
  expect(wrong.output()).toContain("The data folder /proc/x can't be used");
});

for (const [name, part] of [
  ["web", "scripts/web.mjs"],
  ["worker", "lib/worker/main.ts"],
  ["sample app", "sample/app.ts"],
] as const) {
  test(`the ${name} process is started again after kill -9, and that is said`, async () => {
    process.kill(childOf(part), "SIGKILL");
    await running.says(`${name} ended (SIGKILL); it is started again`);
    await expect.poll(() => childOf(part), { timeout: 30_000 }).toBeGreaterThan(0);
    await expect.poll(answers, { timeout: 60_000 }).toBe(true);
  });
}

test("PostgreSQL is started again after kill -9 with everything in it, and figures go on", async () => {
  const ticks = async () => {
    const client = new pg.Client({ connectionString: databaseUrl(where), connectionTimeoutMillis: 2000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return Number((await client.query("SELECT count(*) AS n FROM server_ticks")).rows[0].n);
    } catch {
      return -1;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  await expect.poll(ticks, { timeout: 30_000 }).toBeGreaterThan(0);
  const before = await ticks();
  process.kill(childOf("bin/postgres"), "SIGKILL");
  await running.says("PostgreSQL ended (killed); it is started again");
  await expect.poll(ticks, { timeout: 60_000 }).toBeGreaterThan(before + 1);
  await expect.poll(answers, { timeout: 60_000 }).toBe(true);
});

test("after kill -9 of the supervisor its children end, and the next start has the same data and link rules", async () => {
  await running.end("SIGKILL");
  await expect.poll(() => processesOf().filter((line) => !line.includes("postgres")), { timeout: 30_000 }).toEqual([]);
  const secrets = readFileSync(join(where.folder, "secrets.json"), "utf8");
  running = start(where);
  await running.says("Ctrl-C stops everything");
  expect(readFileSync(join(where.folder, "secrets.json"), "utf8")).toBe(secrets);
  expect(running.output()).toMatch(/\/set-up\/\S{40,}/);
});

test("Ctrl-C stops everything and leaves no process behind", async () => {
  expect(await running.end("SIGINT")).toBe(0);
  expect(running.output()).toContain("Stopped. Nothing of it is left running.");
  expect(processesOf()).toEqual([]);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} to npm alone stops everything within seconds`, async () => {
    const byNpm = start(where, [], {}, ["npm", "start"]);
    await byNpm.says("Ctrl-C stops everything");
    expect(byNpm.output()).not.toContain('"level"');
    const asked = Date.now();
    await byNpm.end(signal);
    expect(byNpm.output()).toContain("Stopped. Nothing of it is left running.");
    expect(processesOf()).toEqual([]);
    expect(Date.now() - asked).toBeLessThan(15_000);
  });
}

test("a start with another secret key is refused, and leaves no process behind", async () => {
  const other = { TENANTRY_SECRET_KEY: Buffer.alloc(32, 7).toString("base64") };
  const wrong = start(where, [], other);
  await expect.poll(() => wrong.process.exitCode, { timeout: 60_000 }).toBe(1);
  expect(wrong.output()).toMatch(/sealed with key [0-9a-f]{8}, but TENANTRY_SECRET_KEY is key [0-9a-f]{8}/);
  const malformed = start(where, [], { TENANTRY_SECRET_KEY: "abc" });
  await expect.poll(() => malformed.process.exitCode, { timeout: 60_000 }).toBe(1);
  expect(malformed.output()).toContain("TENANTRY_SECRET_KEY must be 32 bytes in base64");
  expect(processesOf()).toEqual([]);
});

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { keepLake } from "./keep-lake";
import { daysAgo, dayText, duck, fillDays, makeRows, newFolder, usageOf } from "./testing-lake";

let control: TestControl;
let folder: string;
const folders: string[] = [];
const count = 60;
const signal = new AbortController().signal;
const newest = dayText(daysAgo(1));

beforeAll(async () => {
  control = await testControl();
  const slugs = Array.from({ length: count }, (_, n) => [`tenant-${n}`, `Tenant ${n}`]);
  await fillDays(control, daysAgo(2), 2, await makeRows(control, Object.fromEntries(slugs)));
}, 120_000);

beforeEach(async () => {
  folder = newFolder();
  folders.push(folder);
  await control.sql("TRUNCATE lake_days, lake_faults");
});

afterAll(async () => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
  await control?.close();
});

const keep = (clock = () => new Date()) => keepLake({ folder, level: "minute" }, clock, signal);
const faults = () => controlDb().lakeFault.findMany({ orderBy: { at: "asc" } });
const paths = () => readdirSync(folder, { recursive: true }).map(String);
const filesOf = (day: string) => paths().filter((path) => path.includes(day) && path.endsWith("/usage.parquet")).length;
const partsIn = () => paths().filter((path) => path.includes("/.")).length;

async function expectAll(): Promise<void> {
  const [found] = await duck(
    `SELECT count(*) AS rows, count(DISTINCT tenant) AS tenants, sum(cpu_mean * cpu_known_ms) AS cpu FROM ${usageOf(folder)}`,
  );
  const { rows } = await control.sql("SELECT count(*)::int AS rows, sum(cpu_sum) AS cpu FROM tenant_usage_minutes");
  expect(found).toMatchObject({ rows: rows[0]?.rows, tenants: count });
  expect(Number(found?.cpu) / rows[0]?.cpu).toBeCloseTo(1, 9);
}

function writer(): ChildProcess {
  const program = ["--import", "tsx", "lib/lake/testing-writer.ts", folder];
  return spawn(process.execPath, program, { env: process.env, stdio: "ignore" });
}

/** Kills a writer once so many files of the newest day are there. */
async function killedAfter(files: number): Promise<void> {
  const child = writer();
  const ended = once(child, "exit");
  while (filesOf(newest) < files && child.exitCode === null) await delay(5);
  child.kill("SIGKILL");
  await ended;
}

test("a writer that is killed leaves whole files alone, no day, and the next one goes on", async () => {
  await killedAfter(15);
  expect(filesOf(newest)).toBeGreaterThanOrEqual(15);
  expect(filesOf(newest)).toBeLessThan(count);
  expect(await controlDb().lakeDay.count()).toBe(0);
  const found = await duck(`SELECT tenant, count(*) AS rows FROM ${usageOf(folder)} GROUP BY 1`);
  expect(new Set(found.map(({ rows }) => rows))).toEqual(new Set([1440]));
  await killedAfter(40);
  await keep();
  await expectAll();
  expect(partsIn()).toBe(0);
}, 120_000);

test("a writer that is killed while it writes a day again leaves each tenant's old or new file", async () => {
  await keep();
  await control.sql("UPDATE lake_days SET fingerprint = '' WHERE day = $1", [newest]);
  const child = writer();
  const ended = once(child, "exit");
  while (partsIn() === 0 && child.exitCode === null) await delay(1);
  child.kill("SIGKILL");
  await ended;
  await expectAll();
  const day = await controlDb().lakeDay.findFirst({ where: { day: daysAgo(1) } });
  expect(day?.fingerprint).toBe("");
  await keep();
  await expectAll();
  expect(partsIn()).toBe(0);
}, 120_000);

test("of several writers one writes, and each day once", async () => {
  const times: number[] = [];
  const counting = () => new Date(times.push(Date.now()));
  await Promise.all([keep(counting), keep(counting), keep(counting)]);
  await expectAll();
  // Each day is told the time twice: in its files, and in the list of days.
  expect(times.length).toBe(4);
}, 60_000);

test("a full disk is told in words, what stood there stays whole, and it is tried again", async ({ skip }) => {
  if (!mountSmall(folder)) skip("no right to mount a small disk");
  try {
    await expect(keep()).rejects.toMatchObject({ code: "conflict" });
    expect(await faults()).toMatchObject([{ words: expect.stringContaining("LAKE_DIR: the disk is full") }]);
    expect(await controlDb().lakeDay.count()).toBe(0);
    const found = await duck(`SELECT tenant, count(*) AS rows FROM ${usageOf(folder)} GROUP BY 1`);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ rows }) => rows))).toEqual(new Set([1440]));
    execFileSync("mount", ["-o", "remount,size=64m", folder]);
    await keep();
    expect(await faults()).toEqual([]);
    await expectAll();
  } finally {
    execFileSync("umount", [folder]);
  }
}, 60_000);

function mountSmall(place: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=700k", "tmpfs", place], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("a folder without the right to write is told in words, and is written once there is one", async () => {
  chmodSync(folder, 0o555);
  await asNobody(async () => {
    await expect(keep()).rejects.toMatchObject({ code: "conflict" });
  });
  expect(await faults()).toMatchObject([{ day: daysAgo(1), words: expect.stringContaining("no right to") }]);
  chmodSync(folder, 0o777);
  await asNobody(keep);
  expect(await faults()).toEqual([]);
  await expectAll();
}, 60_000);

/** The administrator of a host may write anywhere. */
async function asNobody(work: () => Promise<unknown>): Promise<void> {
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(65534);
  await work().finally(() => root && process.seteuid?.(0));
}

test("a day that fails waits behind the others", async () => {
  mkdirSync(`${folder}/usage`, { recursive: true });
  writeFileSync(`${folder}/usage/day=${newest}`, "in the way");
  await expect(keep()).rejects.toThrow();
  expect(await faults()).toMatchObject([{ day: daysAgo(1), words: expect.stringContaining("a file stands") }]);
  await expect(keep()).rejects.toThrow();
  expect(await controlDb().lakeDay.findMany()).toMatchObject([{ day: daysAgo(2), tenants: count }]);
  rmSync(`${folder}/usage/day=${newest}`);
  await keep();
  await expectAll();
  expect(await faults()).toEqual([]);
}, 60_000);

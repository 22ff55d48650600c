import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { everyPage } from "@/lib/kernel/page";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { exportLake } from "./export-lake";
import { keepLake } from "./keep-lake";
import { showLake } from "./show-lake";
import { daysAgo, dayText, fillDays, makeRows, newFolder } from "./testing-lake";

let control: TestControl;
const folder = newFolder();
const days = [5, 4, 3, 2, 1].map((ago) => dayText(daysAgo(ago)));
const signal = new AbortController().signal;
const keep = () => keepLake({ folder, level: "minute" }, () => new Date(), signal);
const show = (input: object = {}) => perform(showLake, as("owner"), input);
const ask = (from: string, to: string) => perform(exportLake, as("owner"), { from, to });

beforeAll(async () => {
  process.env.LAKE_DIR = folder;
  control = await testControl();
  await fillDays(control, daysAgo(5), 5, await makeRows(control, { one: "One", two: "Two" }), 60);
}, 60_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await control?.close();
});

test("before anything is written all days wait", async () => {
  expect(await show()).toMatchObject({
    ...{ on: true, folder, level: "minute", closedTo: dayText(daysAgo(0)), days: [], lastError: null, waitingDays: 5 },
    total: { days: 0, rows: 0, bytes: 0 },
    waiting: [days[4], days[0], days[1], days[2], days[3]].map((day) => ({ day, why: "new", error: null })),
  });
});

test("what is written is told day by day, the newest first, in pages", async () => {
  await keep();
  const { total, waitingDays, days: written } = await show();
  expect(waitingDays).toBe(0);
  expect(written.map(({ day }) => day)).toEqual([...days].reverse());
  expect(written[0]).toMatchObject({ level: "minute", rows: 2 * 24, tenants: 2, kept: true });
  const bytes = written.reduce((sum, one) => sum + one.bytes, 0);
  expect(total).toEqual({ days: 5, rows: 5 * 2 * 24, bytes });
  const walked = await everyPage("days", (at) => show({ ...at, limit: 2 }));
  expect(walked.days).toEqual(written);
});

test("days that are asked for are written again, and those that are not kept are left alone", async () => {
  await control.sql("DELETE FROM tenant_usage_minutes WHERE at < $1", [daysAgo(4)]);
  expect(await ask(days[0] ?? "", days[2] ?? "")).toEqual({ days: 2, leftAlone: 1 });
  const { waiting, days: written } = await show();
  expect(waiting.map(({ day, why }) => [day, why])).toEqual([
    [days[1], "asked"],
    [days[2], "asked"],
  ]);
  expect(written.at(-1)).toMatchObject({ day: days[0], kept: false });
  const before = new Date();
  await keep();
  const again = (await show()).days.filter(({ writtenAt }) => new Date(writtenAt) >= before);
  expect(again.map(({ day }) => day)).toEqual([days[2], days[1]]);
});

test("what went wrong is told with its day until it went well", async () => {
  const [at, words] = [new Date("2026-01-02T03:04:05Z"), "The file can't be written."];
  await controlDb().lakeFault.create({ data: { day: daysAgo(1), at, words } });
  await ask(days[4] ?? "", days[4] ?? "");
  const fault = { day: days[4], words, at: at.toISOString() };
  expect(await show()).toMatchObject({
    lastError: fault,
    waiting: [{ day: days[4], why: "asked", error: words, failedAt: fault.at }],
  });
  await keep();
  expect(await show()).toMatchObject({ lastError: null, waitingDays: 0 });
});

test("a period that ends before it begins is refused", async () => {
  await expect(ask("2026-03-02", "2026-03-01")).rejects.toMatchObject({ code: "invalid" });
  await expect(ask("0000-01-01", "2026-03-01")).rejects.toMatchObject({ code: "invalid" });
});

test("a role that may only look is told, and may not ask", async () => {
  await expect(perform(exportLake, as("viewer"), { from: "2026-03-01", to: "2026-03-01" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

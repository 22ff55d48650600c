import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { person } from "@/lib/access/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { queueDueReports } from "./due";
import { storedSchedule } from "./testing-schedules";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await controlDb().report.deleteMany();
  await controlDb().reportSchedule.deleteMany();
});

const at = (text: string) => new Date(text);
const never = new AbortController().signal;
const work = (now: string) => queueDueReports(() => at(now), never);
const reportsOf = (scheduleId: string) =>
  controlDb().report.findMany({ where: { scheduleId }, orderBy: { createdAt: "asc" }, include: { mails: true } });
const rowOf = (id: string) => controlDb().reportSchedule.findUniqueOrThrow({ where: { id } });
const jobs = async () =>
  (await control.sql("SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'report'")).rows;

test("what is due is queued once, with those it goes to, however many workers look", async () => {
  const recipients = ["ann@example.com", "bob@example.com"];
  const { id } = await storedSchedule(at("2026-05-01T06:00Z"), { recipients });
  expect(await work("2026-05-01T05:59Z")).toBe(0);
  const queued = await Promise.all([1, 2, 3, 4].map(() => work("2026-05-01T06:00:02Z")));
  expect(queued.reduce((sum, n) => sum + n, 0)).toBe(1);
  const [report, ...more] = await reportsOf(id);
  expect(more).toEqual([]);
  expect(report).toMatchObject({
    kind: "tenants",
    status: "waiting",
    dueAt: at("2026-05-01T06:00Z"),
    askedBy: "the host",
  });
  expect(report?.title).not.toContain("missed");
  expect(report?.mails.map(({ address, status }) => [address, status])).toEqual(
    recipients.map((to) => [to, "waiting"]),
  );
  expect(await jobs()).toContainEqual({ key: `report:${report?.id}` });
  expect((await rowOf(id)).nextAt).toEqual(at("2026-05-02T06:00Z"));
  expect(await work("2026-05-01T07:00Z")).toBe(0);
});

test("after missed days there is one report, for the last of them, and it says so", async () => {
  const { id } = await storedSchedule(at("2026-05-01T06:00Z"));
  expect(await work("2026-05-04T03:00Z")).toBe(1);
  expect(await work("2026-05-04T03:00Z")).toBe(0);
  const reports = await reportsOf(id);
  expect(reports).toMatchObject([{ dueAt: at("2026-05-03T06:00Z") }]);
  expect(reports[0]?.title).toMatch(/\(2 earlier ones were missed\)$/);
  expect((await rowOf(id)).nextAt).toEqual(at("2026-05-04T06:00Z"));
});

test("a time of which there is a report gets no other, when the clock was put back", async () => {
  const { id } = await storedSchedule(at("2026-05-01T06:00Z"));
  await work("2026-05-01T06:00Z");
  await controlDb().reportSchedule.update({ where: { id }, data: { nextAt: at("2026-05-01T06:00Z") } });
  expect(await work("2026-05-01T06:00:01Z")).toBe(0);
  expect(await reportsOf(id)).toHaveLength(1);
  expect((await rowOf(id)).nextAt).toEqual(at("2026-05-02T06:00Z"));
});

describe("the time that a report tells of", () => {
  const inputOf = async (given: object, now: string) => {
    const { id } = await storedSchedule(at(now), { kind: "usage", at: "07:30", tz: "Europe/Vienna", ...given });
    await work(now);
    return (await reportsOf(id))[0]?.input;
  };

  test("is the whole day, week or month before, in the schedule's zone, also where clocks change", async () => {
    expect(await inputOf({}, "2026-03-30T05:30Z")).toMatchObject({
      ...{ from: "2026-03-28T23:00:00.000Z", to: "2026-03-29T22:00:00.000Z" },
    });
    expect(await inputOf({ every: "weekly", day: 3 }, "2026-05-06T05:30Z")).toMatchObject({
      ...{ from: "2026-04-26T22:00:00.000Z", to: "2026-05-03T22:00:00.000Z" },
    });
    expect(await inputOf({ every: "monthly", day: 1 }, "2026-04-01T05:30Z")).toMatchObject({
      ...{ from: "2026-02-28T23:00:00.000Z", to: "2026-03-31T22:00:00.000Z" },
    });
  });

  test("or the input's own range, up to when it was due", async () => {
    const input = await inputOf({ covers: "input", input: { range: "7d" } }, "2026-05-06T05:30Z");
    expect(input).toMatchObject({ range: "7d", to: "2026-05-06T05:30:00.000Z" });
    expect(input).not.toHaveProperty("from");
  });
});

describe("its maker's rights are those of now", () => {
  const byUser = async (role: string, given: object = {}) => {
    const user = await person(`maker-${newId(new Date())}`, role);
    const made = { madeBy: user.email, madeKind: "user", madeById: user.id };
    return { user, ...(await storedSchedule(at("2026-05-01T06:00Z"), { ...made, ...given })) };
  };
  const stoppedBy = async (id: string, words: RegExp) => {
    expect(await work("2026-05-01T06:00Z")).toBe(0);
    expect(await rowOf(id)).toMatchObject({
      enabled: false,
      nextAt: null,
      version: 2,
      stopped: expect.stringMatching(words),
    });
    expect(await reportsOf(id)).toEqual([]);
  };

  test("a person's reports are theirs", async () => {
    const { id, user } = await byUser("operator");
    expect(await work("2026-05-01T06:00Z")).toBe(1);
    expect(await reportsOf(id)).toMatchObject([{ askedBy: user.email, askedKind: "user", askedById: user.id }]);
  });

  test("somebody who was deactivated has none made", async () => {
    const { id, user } = await byUser("operator");
    await controlDb().user.update({ where: { id: user.id }, data: { deactivatedAt: new Date() } });
    await stoppedBy(id, /deactivated.*takes it over/);
  });

  test("nor who may not schedule, or not see what it tells, any more", async () => {
    const { id, user } = await byUser("operator");
    await controlDb().user.update({ where: { id: user.id }, data: { role: "viewer" } });
    await stoppedBy(id, /reports:schedule, reports:read is missing/);
    const { id: trail } = await byUser("operator", { kind: "audit" });
    await stoppedBy(trail, /audit:read is missing/);
  });

  test("nor who reaches some tenants only, where it tells of the whole installation", async () => {
    const { id, user } = await byUser("admin", { kind: "audit" });
    await controlDb().user.update({ where: { id: user.id }, data: { scope: { kind: "region", values: ["eu"] } } });
    await stoppedBy(id, /reach only region eu/);
  });

  test("a schedule is seen as far as its maker reaches when it was due last", async () => {
    const { id, user } = await byUser("operator");
    const scope = { kind: "region", values: ["eu"] };
    await controlDb().user.update({ where: { id: user.id }, data: { scope } });
    expect(await work("2026-05-01T06:00Z")).toBe(1);
    expect(await rowOf(id)).toMatchObject({ scope });
    expect(await reportsOf(id)).toMatchObject([{ scope }]);
  });

  test("a key's end is the end of its schedules", async () => {
    const key = { id: newId(new Date()), name: "nightly", prefix: "tk_1", secretHash: "x", createdBy: "ann" };
    const rights = { permissions: ["reports:read", "reports:schedule", "tenants:read"], scope: { kind: "all" } };
    await controlDb().apiKey.create({ data: { ...key, ...rights, expiresAt: at("2026-05-02T00:00Z") } });
    const made = { madeBy: "key nightly", madeKind: "key", madeById: key.id };
    const { id } = await storedSchedule(at("2026-05-01T06:00Z"), made);
    expect(await work("2026-05-01T06:00Z")).toBe(1);
    await controlDb().report.deleteMany();
    expect(await work("2026-05-02T06:00Z")).toBe(0);
    expect(await rowOf(id)).toMatchObject({
      enabled: false,
      stopped: expect.stringMatching(/key nightly has expired/),
    });
  });
});

test("what a kind does not take any more switches the schedule off, and holds no other up", async () => {
  const { id } = await storedSchedule(at("2026-05-01T05:00Z"), { input: { colour: "red" } });
  const { id: gone } = await storedSchedule(at("2026-05-01T05:30Z"), { kind: "horoscope" });
  const { id: fine } = await storedSchedule(at("2026-05-01T06:00Z"));
  expect(await work("2026-05-01T06:00Z")).toBe(1);
  expect(await rowOf(id)).toMatchObject({ enabled: false, stopped: expect.stringMatching(/colour/) });
  expect(await rowOf(gone)).toMatchObject({ enabled: false, stopped: expect.stringMatching(/no report horoscope/) });
  expect(await reportsOf(fine)).toHaveLength(1);
});

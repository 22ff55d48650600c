import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { person } from "@/lib/access/testing";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { stateTag } from "@/lib/gate/precondition";
import { as } from "@/lib/gate/testing";
import type { InputOf } from "@/lib/kernel/contract";
import type { Scope } from "@/lib/kernel/scope";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestMail, testMail as testServer } from "@/lib/mail/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { type createScheduleContract, showScheduleContract } from "./contract-schedules";
import { queueDueReports } from "./due";
import { mailStatus } from "./mail-status";
import { testMail } from "./mail-test";
import { createSchedule } from "./schedule-create";
import { editSchedule } from "./schedule-edit";
import { listSchedules } from "./schedule-list";
import { removeSchedule } from "./schedule-remove";
import { runSchedule } from "./schedule-run";
import { showSchedule } from "./schedule-show";

let control: TestControl;
let server: TestMail;
beforeAll(async () => {
  process.env.MAIL_FROM = "Reports <reports@example.com>";
  process.env.MAIL_DOMAINS = "example.com";
  server = await testServer();
  process.env.SMTP_URL = `smtp://127.0.0.1:${server.port}`;
  control = await testControl();
});
afterAll(async () => {
  await server.close();
  await stopCounting();
  await control.close();
});
beforeEach(async () => {
  await controlDb().report.deleteMany();
  await controlDb().reportSchedule.deleteMany();
});

const now = new Date("2026-05-01T12:00:00Z");
const at = (time: string) => ({ now: () => new Date(time) });
const who = (role: Parameters<typeof as>[0], more: Parameters<typeof as>[1] = {}) =>
  as(role, { now: () => now, ...more });
const eu: Scope = { kind: "region", values: ["eu"] };

const daily = { name: "Tenants", kind: "tenants", every: "daily", at: "06:00" } as const;
const create = (more: Partial<InputOf<typeof createScheduleContract>> = {}, ctx: Ctx = who("operator")) =>
  perform(createSchedule, ctx, { ...daily, ...more });
const lastEvent = () => controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });

test("a schedule is made, read, changed and removed; the trail has to whom it goes", async () => {
  const made = await create({ recipients: ["Ann@example.com", "ann@example.com"], tz: "Europe/Vienna" });
  expect(made).toMatchObject({
    ...{ name: "Tenants", format: "csv", day: null, covers: "previous", enabled: true, stopped: null, last: null },
    ...{
      recipients: ["ann@example.com"],
      nextAt: "2026-05-02T04:00:00.000Z",
      madeBy: "operator@example.com",
      version: 1,
    },
  });
  expect(await lastEvent()).toMatchObject({
    ...{ operation: "reportSchedules.create", target: made.id, after: { recipients: ["ann@example.com"] } },
  });
  const { id } = made;
  expect(await perform(showSchedule, who("analyst"), { id })).toEqual(made);
  const changed = await perform(editSchedule, who("admin"), { id, every: "weekly", day: 7, recipients: [] });
  expect(changed).toMatchObject({ every: "weekly", day: 7, recipients: [], version: 2, madeBy: "admin@example.com" });
  expect(changed.nextAt).toBe("2026-05-03T04:00:00.000Z");
  expect(await lastEvent()).toMatchObject({
    before: { recipients: ["ann@example.com"], madeBy: "operator@example.com" },
    after: { recipients: [], madeBy: "admin@example.com" },
  });
  expect(await perform(removeSchedule, who("operator"), { id })).toEqual({ id });
  await expect(perform(showSchedule, who("operator"), { id })).rejects.toMatchObject({ code: "not_found" });
});

describe("what makes no sense is refused at its field", () => {
  const wrong: [string, Partial<InputOf<typeof createScheduleContract>>, string][] = [
    ["an unknown kind", { kind: "horoscope" }, "kind"],
    ["an input that the kind does not take", { input: { colour: "red" } }, "input.colour"],
    ["a day of a daily one", { day: 3 }, "day"],
    ["a weekly one without a day", { every: "weekly" }, "day"],
    ["an eighth day of the week", { every: "weekly", day: 8 }, "day"],
    ["a monthly one without a day", { every: "monthly" }, "day"],
    ["a zone that there is not", { tz: "Mars/Phobos" }, "tz"],
    ["a time that there is not", { at: "24:00" }, "at"],
    ["what is no address", { recipients: ["ann@example.com\r\nBcc: eve@example.com"] }, "recipients.0"],
    ["a name that turns the reading direction", { name: "Tenants \u202egnp" }, "name"],
    ["an address elsewhere", { recipients: ["ann@example.com", "eve@example.org"] }, "recipients"],
  ];
  for (const [what, more, field] of wrong)
    test(what, async () => {
      await expect(create(more)).rejects.toMatchObject({ code: "invalid", fields: { [field]: expect.any(String) } });
    });

  test("a name that another has", async () => {
    const { id } = await create();
    await expect(create()).rejects.toMatchObject({ code: "conflict", fields: { name: expect.any(String) } });
    await create({ name: "Other" });
    await expect(perform(editSchedule, who("operator"), { id, name: "Other" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await perform(editSchedule, who("operator"), { id, name: "Tenants" })).toMatchObject({ name: "Tenants" });
  });
});

test("another rhythm forgets the day that was the other's", async () => {
  const { id } = await create({ every: "monthly", day: 31 });
  const edit = (input: object) => perform(editSchedule, who("operator"), { id, ...input });
  await expect(edit({ every: "weekly" })).rejects.toMatchObject({ fields: { day: expect.any(String) } });
  expect(await edit({ every: "daily" })).toMatchObject({ day: null, nextAt: "2026-05-02T06:00:00.000Z" });
});

test("If-Match holds for what people chose, not for what moves by itself", async () => {
  const { id } = await create({}, who("system"));
  const read = async () => stateTag(showScheduleContract, await perform(showSchedule, who("operator"), { id })) ?? "";
  const edit = (given: string) =>
    perform(editSchedule, who("system", { condition: { states: [given], checked: false } }), { id, at: "07:00" });
  const tag = await read();
  expect(await queueDueReports(() => new Date("2026-05-02T06:00:00Z"), new AbortController().signal)).toBe(1);
  expect(await read()).toBe(tag);
  expect(await edit(tag)).toMatchObject({ at: "07:00", version: 2 });
  await expect(edit(tag)).rejects.toMatchObject({ code: "changed" });
});

test("who is not reached by its tenants, or may not see its kind, does not know of it", async () => {
  const all = await create();
  const inEu = await create({ name: "In the EU" }, who("operator", { scope: eu }));
  const trail = await create({ name: "Trail", kind: "audit" }, who("admin"));
  const names = async (ctx: Ctx) => (await perform(listSchedules, ctx, {})).schedules.map(({ name }) => name);
  expect(await names(who("admin"))).toEqual(["In the EU", "Tenants", "Trail"]);
  expect(await names(who("operator"))).toEqual(["In the EU", "Tenants"]);
  expect(await names(who("operator", { scope: eu }))).toEqual(["In the EU"]);
  expect(await names(who("operator", { scope: { kind: "region", values: ["us"] } }))).toEqual([]);
  const limited = who("operator", { scope: eu });
  expect(await perform(showSchedule, limited, { id: inEu.id })).toMatchObject({ name: "In the EU" });
  for (const { id } of [all, trail])
    for (const verb of [showSchedule, editSchedule, runSchedule, removeSchedule])
      await expect(perform(verb as typeof showSchedule, limited, { id })).rejects.toMatchObject({ code: "not_found" });
  await expect(create({ name: "Mine", kind: "audit" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(create({}, who("analyst"))).rejects.toMatchObject({ code: "forbidden" });
});

test("the list comes in pages by name, whatever their letters", async () => {
  for (const name of ["beta", "Alpha", "Ärger", "gamma", "Delta"]) await create({ name });
  const read: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await perform(listSchedules, who("operator"), { limit: 2, ...(cursor && { cursor }) });
    read.push(...page.schedules.map(({ name }) => name));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(read).toHaveLength(5);
  expect(new Set(read).size).toBe(5);
  expect(read.filter((name) => name !== "Ärger")).toEqual(["Alpha", "beta", "Delta", "gamma"]);
});

describe("now", () => {
  test("a report is made with the maker's rights, mailed to its recipients, and shown as the last", async () => {
    const maker = await person("maker", "operator");
    const ctx = { ...(await maker.ctx()), ...at(now.toISOString()) };
    const { id } = await create({ recipients: ["ann@example.com"] }, ctx);
    const report = await perform(runSchedule, who("admin"), { id });
    expect(report).toMatchObject({
      ...{ kind: "tenants", status: "waiting", askedBy: "maker@example.com", schedule: { id, name: "Tenants" } },
      mails: [{ address: "ann@example.com", status: "waiting" }],
    });
    expect(await lastEvent()).toMatchObject({
      ...{ operation: "reportSchedules.run", actor: "admin@example.com", target: id },
      after: { report: report.id, recipients: ["ann@example.com"] },
    });
    const shown = await perform(showSchedule, who("operator"), { id });
    expect(shown.last).toMatchObject({ id: report.id, status: "waiting", dueAt: null, mails: report.mails });
    expect(shown.nextAt).toBe("2026-05-02T06:00:00.000Z");
    for (let more = 0; more < 2; more++) await perform(runSchedule, who("admin"), { id });
    await expect(perform(runSchedule, who("admin"), { id })).rejects.toMatchObject({ code: "limit" });
  });

  test("not by who reaches fewer tenants than its maker does now", async () => {
    const maker = await person("wider", "operator", { scope: eu });
    const { id } = await create({}, { ...(await maker.ctx()), ...at(now.toISOString()) });
    await controlDb().user.update({ where: { id: maker.id }, data: { scope: { kind: "all" } } });
    const limited = who("operator", { scope: eu });
    await expect(perform(runSchedule, limited, { id })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("not when its maker is gone; whoever changes it takes it over", async () => {
    const maker = await person("gone", "operator");
    const { id } = await create({}, { ...(await maker.ctx()), ...at(now.toISOString()) });
    await controlDb().user.update({ where: { id: maker.id }, data: { deactivatedAt: now } });
    await expect(perform(runSchedule, who("admin"), { id })).rejects.toThrow(/deactivated.*takes it over/);
    await queueDueReports(() => new Date("2026-05-02T06:00:00Z"), new AbortController().signal);
    const stopped = await perform(showSchedule, who("admin"), { id });
    expect(stopped).toMatchObject({ enabled: false, nextAt: null, stopped: expect.stringContaining("deactivated") });
    const heir = await person("heir", "operator");
    const taken = await perform(
      editSchedule,
      { ...(await heir.ctx()), ...at("2026-05-03T00:00:00Z") },
      { id, enabled: true },
    );
    expect(taken).toMatchObject({
      enabled: true,
      stopped: null,
      madeBy: heir.email,
      nextAt: "2026-05-03T06:00:00.000Z",
    });
    expect(await perform(runSchedule, who("admin"), { id })).toMatchObject({ askedBy: heir.email });
  });
});

describe("mail", () => {
  test("is told as it is set up, without what is secret", async () => {
    const status = await perform(mailStatus, who("analyst"), {});
    expect(status).toEqual({
      ...{ configured: true, words: null, from: "reports@example.com", server: `127.0.0.1:${server.port}` },
      domains: ["example.com"],
    });
  });

  test("is tried with one message, which is in the trail; some in a minute", async () => {
    const address = "ann@example.com";
    expect(await perform(testMail, who("operator"), { address })).toMatchObject({ address, sent: true });
    expect(server.taken.at(-1)).toMatchObject({ to: [address], from: "reports@example.com" });
    expect(await lastEvent()).toMatchObject({
      operation: "mail.test",
      target: address,
      after: { address, sent: true },
    });
    server.say(() => ({ code: 550, words: "No such user" }));
    expect(await perform(testMail, who("operator"), { address })).toEqual({
      ...{ address, sent: false, words: "The mail server answered: 550 No such user" },
    });
    const elsewhere = perform(testMail, who("operator"), { address: "eve@example.org" });
    await expect(elsewhere).rejects.toMatchObject({ fields: { address: expect.stringContaining("MAIL_DOMAINS") } });
    await expect(perform(testMail, who("analyst"), { address })).rejects.toMatchObject({ code: "forbidden" });
    for (let more = 0; more < 3; more++) await perform(testMail, who("operator"), { address });
    await expect(perform(testMail, who("operator"), { address })).rejects.toMatchObject({ code: "limit" });
  });
});

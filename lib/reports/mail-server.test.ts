import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { MailSettings } from "@/lib/mail/settings";
import { testMail } from "@/lib/mail/testing";
import { type Stages, stagedMail } from "@/lib/mail/testing-stages";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { deliverMails } from "./mail-deliver";
import { mailedReport } from "./testing-schedules";

const folder = mkdtempSync(join(tmpdir(), "tenantry-mail-server-"));
process.env.REPORT_DIR = folder;

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await controlDb().report.deleteMany();
});

const start = new Date("2026-05-01T06:00:00Z");
const later = (ms: number) => new Date(start.getTime() + ms);
const three = ["ann@example.com", "bob@example.com", "cid@example.com"];

/** What a worker does at a time; the first message has all the time it needs for itself. */
async function work(settings: MailSettings, now = start): Promise<void> {
  const options = { clock: () => now, setUp: { settings }, headStartMs: 60_000 };
  await deliverMails(new AbortController().signal, options);
}
const mailsOf = (reportId: string) =>
  controlDb().reportMail.findMany({ where: { reportId }, orderBy: { address: "asc" } });

const troubles: [string, Stages, Partial<MailSettings>?][] = [
  ["554 as greeting", { greeting: "554 Not you" }],
  ["no greeting", { greeting: null }],
  ["550 to EHLO", { EHLO: "550 No", HELO: "550 No" }],
  ["535 to AUTH", { AUTH: "535 Wrong" }, { login: { user: "tenantry", password: "s3cret" } }],
  ["535 to MAIL FROM", { MAIL: "535 Log in first" }],
  ["421 to RCPT TO", { RCPT: "421 Closing" }],
];
for (const [name, stages, more] of troubles)
  test(`${name} has all messages wait after one connection, and ends none`, async () => {
    const server = await stagedMail(stages);
    const id = await mailedReport(start, three);
    await work({ ...server.settings, ...more });
    expect(server.connections()).toBe(1);
    const waiting = { status: "waiting", attempts: 1, words: expect.stringContaining("mail server") };
    expect(await mailsOf(id)).toMatchObject(three.map(() => waiting));
    await work({ ...server.settings, ...more }, later(59_000));
    expect(server.connections()).toBe(1);
    await work({ ...server.settings, ...more }, later(60_000));
    expect(server.connections()).toBe(2);
    expect(await mailsOf(id)).toMatchObject(three.map(() => ({ ...waiting, attempts: 2 })));
    await server.close();
  });

test("a server that refuses one recipient gets the messages of the others", async () => {
  const server = await testMail();
  const id = await mailedReport(start, three);
  server.say((to) => (to === "ann@example.com" ? { code: 550, words: "5.1.1 No such user" } : undefined));
  await work(server.settings);
  expect((await mailsOf(id)).map(({ status }) => status)).toEqual(["failed", "sent", "sent"]);
  await server.close();
});

test("a server that closes on one message gets the others first in the next round", async () => {
  const server = await testMail();
  const id = await mailedReport(start, three);
  server.say((to) => (to === "ann@example.com" ? { code: 421, words: "4.3.2 Closing" } : undefined));
  await work(server.settings);
  expect((await mailsOf(id)).map(({ status }) => status)).toEqual(["waiting", "waiting", "waiting"]);
  await work(server.settings, later(60_000));
  expect((await mailsOf(id)).map(({ status }) => status)).toContain("sent");
  await work(server.settings, later(180_000));
  expect((await mailsOf(id)).map(({ status }) => status)).toEqual(["waiting", "sent", "sent"]);
  await server.close();
});

test("each message is tried for a day of its own, and those whose day is over end together", async () => {
  const server = await stagedMail({ greeting: "554 Not you" });
  const id = await mailedReport(start, three);
  await controlDb().reportMail.updateMany({ data: { attempts: 24 }, where: { address: { not: "cid@example.com" } } });
  await work(server.settings);
  expect(server.connections()).toBe(1);
  const over = { status: "failed", attempts: 25, words: expect.stringMatching(/554.*tried for a day/) };
  expect(await mailsOf(id)).toMatchObject([over, over, { status: "waiting", attempts: 1 }]);
  await server.close();
});

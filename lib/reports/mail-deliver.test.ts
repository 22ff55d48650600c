import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MailSetUp } from "@/lib/mail/settings";
import { type TestMail, testMail } from "@/lib/mail/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { reportPath } from "./files";
import { claimMail } from "./mail-claim";
import { deliverMails } from "./mail-deliver";
import { retryMs } from "./mail-retry";
import { mailedReport, storedSchedule } from "./testing-schedules";

const folder = mkdtempSync(join(tmpdir(), "tenantry-mailed-"));
process.env.REPORT_DIR = folder;
process.env.TENANTRY_URL = "https://console.example.com";

let control: TestControl;
let server: TestMail;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await controlDb().report.deleteMany();
  server = await testMail();
});
afterEach(() => server.close());

const start = new Date("2026-05-01T06:00:00Z");
const never = new AbortController().signal;
const patience = { connectMs: 20_000, idleMs: 20_000, totalMs: 60_000 };
const minutes = (n: number) => new Date(start.getTime() + n * 60_000);

/** What a worker does at a time. */
async function work(now = start, setUp: MailSetUp = { settings: server.settings }, more = {}): Promise<void> {
  await deliverMails(never, { clock: () => now, setUp, patience: { ...patience, ...more } });
}
const mailsOf = (reportId: string) =>
  controlDb().reportMail.findMany({ where: { reportId }, orderBy: { address: "asc" } });
const takenTo = () => server.taken.map(({ to }) => to.join()).sort();

describe("a report that is made", () => {
  test("goes to each address in a message of its own, with its file", async () => {
    const content = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 7) % 256);
    const { id: scheduleId } = await storedSchedule(start, { name: "Every morning", tz: "Europe/Vienna" });
    const id = await mailedReport(start, ["ann@example.com", "bob@example.com"], { content, scheduleId });
    await work();
    expect(takenTo()).toEqual(["ann@example.com", "bob@example.com"]);
    for (const { mail, raw, to } of server.taken) {
      expect(raw).not.toContain(to[0] === "ann@example.com" ? "bob@" : "ann@");
      expect(mail).toMatchObject({ subject: "All tenants", date: start });
      expect(mail.text).toContain(
        'This report of the schedule "Every morning" was made on 1 May 2026 at 08:00 (Europe/Vienna).',
      );
      expect(mail.text).toContain(`https://console.example.com/reports/${id}`);
      const [file] = mail.attachments;
      const kept = readFileSync(reportPath(id, "tenantry-tenants-2026-05-01t120000z.csv"));
      expect(file?.filename).toBe("tenantry-tenants-2026-05-01t120000z.csv");
      expect(file?.content.equals(kept)).toBe(true);
      expect(file?.content.equals(Buffer.from(content))).toBe(true);
    }
    expect(await mailsOf(id)).toMatchObject(
      [1, 2].map(() => ({ status: "sent", sentAt: start, attempts: 1, words: null })),
    );
    await work(minutes(60));
    expect(server.taken).toHaveLength(2);
  });

  test("is sent once, however many workers look", async () => {
    const addresses = Array.from({ length: 12 }, (_, n) => `p${n}@example.com`);
    await mailedReport(start, addresses);
    await Promise.all([work(), work(), work()]);
    expect(takenTo()).toEqual([...addresses].sort());
  });

  test("is only told of where it is too large", async () => {
    const id = await mailedReport(start, ["ann@example.com"], { content: new Uint8Array(10_000_001) });
    await work();
    const [{ mail } = { mail: undefined }] = server.taken;
    expect(mail?.attachments).toEqual([]);
    expect(mail?.text).toContain("too large for mail");
    expect(mail?.text).toContain(`/reports/${id}`);
    await server.close();
    server = await testMail({ size: 20_000 });
    const small = await mailedReport(start, ["bob@example.com"], { content: new Uint8Array(30_000) });
    await work();
    expect(server.taken.map(({ mail: one }) => one.attachments.length)).toEqual([0]);
    expect(await mailsOf(small)).toMatchObject([{ status: "sent" }]);
  });

  test("keeps a name with lines, tags or other scripts in its place", async () => {
    const title = "Ärger\r\nBcc: eve@example.com\n<script>alert(1)</script> 東京 שלום";
    await mailedReport(start, ["ann@example.com"], { title });
    await work();
    const [taken] = server.taken;
    expect(taken?.mail.subject).toBe("Ärger Bcc: eve@example.com <script>alert(1)</script> 東京 שלום");
    expect(taken?.raw).not.toMatch(/^Bcc/im);
    expect(taken?.mail.html).not.toContain("<script>");
    expect(taken?.mail.html).toContain("&lt;script&gt;");
  });
});

describe("a message that is not taken", () => {
  test("for now, is sent again later as the same one", async () => {
    const id = await mailedReport(start, ["ann@example.com"]);
    server.say(() => ({ code: 451, words: "4.7.1 Greylisted" }));
    await work();
    expect(await mailsOf(id)).toMatchObject([
      {
        status: "waiting",
        attempts: 1,
        notBefore: minutes(1),
        words: "The mail server answered: 451 4.7.1 Greylisted",
      },
    ]);
    server.say(() => undefined);
    await work(new Date(minutes(1).getTime() - 1));
    expect(server.taken).toEqual([]);
    await work(minutes(1));
    expect(await mailsOf(id)).toMatchObject([{ status: "sent", attempts: 2, words: null }]);
    await controlDb().reportMail.updateMany({ data: { status: "waiting", notBefore: null } });
    await work(minutes(2));
    const ids = server.taken.map(({ mail }) => mail.messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test("for good, is given up at once; the others go", async () => {
    const id = await mailedReport(start, ["ann@example.com", "gone@example.com", "zoe@example.com"]);
    server.say((to) => (to === "gone@example.com" ? { code: 550, words: "5.1.1 No such user" } : undefined));
    await work();
    expect(await mailsOf(id)).toMatchObject([
      { status: "sent" },
      { status: "failed", attempts: 1, words: "The mail server answered: 550 5.1.1 No such user" },
      { status: "sent" },
    ]);
  });

  test("is tried for a day, in waits that grow", () => {
    const waits = Array.from({ length: 30 }, (_, n) => retryMs(n + 1));
    const some = waits.filter((wait) => wait !== null);
    expect(waits.slice(0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 120, 120].map((minute) => minute * 60_000));
    const sum = some.reduce((total, wait) => total + wait, 0);
    expect(sum).toBeGreaterThanOrEqual(86_400_000);
    expect(sum).toBeLessThan(86_400_000 + 120 * 60_000);
    expect(waits.at(-1)).toBeNull();
  });

  test("is given up after that day", async () => {
    const id = await mailedReport(start, ["ann@example.com"]);
    server.say(() => ({ code: 451, words: "Later" }));
    let now = start;
    for (let attempt = 1; attempt <= 25; attempt++) {
      await work(now);
      const [mail] = await mailsOf(id);
      now = mail?.notBefore ?? now;
    }
    const [mail] = await mailsOf(id);
    expect(mail).toMatchObject({ status: "failed", words: expect.stringContaining("tried for a day") });
    expect(now.getTime() - start.getTime()).toBeLessThan(26 * 3_600_000);
  });
});

describe("a server that fails", () => {
  test("is asked no more for each of many messages, and gets them all when it is up", async () => {
    const addresses = Array.from({ length: 20 }, (_, n) => `p${n}@example.com`);
    const id = await mailedReport(start, addresses);
    await server.close();
    await work();
    const waiting = await mailsOf(id);
    expect(waiting.map(({ status, attempts }) => [status, attempts])).toEqual(addresses.map(() => ["waiting", 1]));
    expect(waiting[0]?.words).toMatch(/could not be reached/);
    server = await testMail({}, server.port);
    await work(minutes(0.9));
    expect(server.taken).toEqual([]);
    await work(minutes(1));
    expect(takenTo()).toEqual([...addresses].sort());
  });

  test("as long as mail is not set up, what waits goes on waiting", async () => {
    const id = await mailedReport(start, ["ann@example.com"]);
    await work(start, { missing: "Mail is not set up: SMTP_URL is not given." });
    expect(await mailsOf(id)).toMatchObject([{ status: "waiting", words: expect.stringContaining("SMTP_URL") }]);
    await work(minutes(1));
    expect(await mailsOf(id)).toMatchObject([{ status: "sent" }]);
  });

  test("to answer about one message holds up no other", async () => {
    const id = await mailedReport(start, ["a-slow@example.com", "bob@example.com", "cid@example.com"]);
    server.say((to) => (to === "a-slow@example.com" ? "never" : undefined));
    const working = work();
    const states = async () => (await mailsOf(id)).map(({ status }) => status);
    await expect.poll(states, { timeout: 15_000 }).toEqual(["waiting", "sent", "sent"]);
    await server.close();
    await working;
    expect(await mailsOf(id)).toMatchObject([
      { status: "waiting", attempts: 1, words: expect.stringContaining("421") },
      { attempts: 1 },
      { attempts: 1 },
    ]);
  });

  test("to answer in its time is left, and asked again later", async () => {
    const id = await mailedReport(start, ["ann@example.com"]);
    server.say(() => "never");
    await work(start, undefined, { idleMs: 500 });
    expect(await mailsOf(id)).toMatchObject([
      { status: "waiting", notBefore: minutes(1), words: expect.stringContaining("did not answer in time") },
    ]);
  });

  test("to greet at all is left after its time", async () => {
    const mute: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const address = mute.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const id = await mailedReport(start, ["ann@example.com"]);
    await work(start, { settings: { ...server.settings, port } }, { connectMs: 400 });
    expect(await mailsOf(id)).toMatchObject([{ status: "waiting", words: expect.stringContaining("in time") }]);
    await new Promise((resolve) => mute.close(resolve));
  });
});

test("what a killed worker had taken is sent after its time, by whoever looks", async () => {
  const id = await mailedReport(start, ["ann@example.com"]);
  await claimMail(start, 600_000);
  await work(minutes(9));
  expect(server.taken).toEqual([]);
  await work(minutes(10));
  expect(await mailsOf(id)).toMatchObject([{ status: "sent", attempts: 2 }]);
});

test("an address outside of MAIL_DOMAINS gets nothing, also when it was allowed before", async () => {
  const id = await mailedReport(start, ["ann@example.com", "eve@example.org"]);
  await work(start, { settings: { ...server.settings, domains: ["example.com"] } });
  expect(takenTo()).toEqual(["ann@example.com"]);
  expect(await mailsOf(id)).toMatchObject([
    { status: "sent" },
    { status: "failed", words: expect.stringContaining("MAIL_DOMAINS") },
  ]);
});

test("nothing is sent of a report that failed, nor of a file that is another or gone", async () => {
  const failed = await mailedReport(start, ["ann@example.com"], { status: "failed" });
  const removed = await mailedReport(start, ["ann@example.com"]);
  await controlDb().report.update({ where: { id: removed }, data: { removed: true } });
  const changed = await mailedReport(start, ["ann@example.com"]);
  await controlDb().report.update({ where: { id: changed }, data: { sha256: "0".repeat(64) } });
  await work();
  expect(server.taken).toEqual([]);
  expect(await mailsOf(failed)).toMatchObject([
    { status: "failed", words: "The report failed, so there is nothing to send." },
  ]);
  expect(await mailsOf(removed)).toMatchObject([{ status: "failed", words: "The report's file was removed." }]);
  expect(await mailsOf(changed)).toMatchObject([
    { status: "waiting", words: expect.stringContaining("can't be read") },
  ]);
});

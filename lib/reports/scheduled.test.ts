import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { killWorker, startWorker, until } from "@/lib/bulk/testing-killed";
import { type TestMail, testMail } from "@/lib/mail/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { storedSchedule } from "./testing-schedules";

let control: TestControl;
let folder = "";
const workers: ChildProcess[] = [];
beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("acme");
  folder = mkdtempSync(join(tmpdir(), "tenantry-scheduled-"));
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => controlDb().report.deleteMany());
afterEach(async () => {
  await Promise.all(
    workers.splice(0).map(async (child) => {
      if (child.signalCode === null) await killWorker(child);
    }),
  );
});

async function worker({ port }: TestMail): Promise<ChildProcess> {
  const mail = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "reports@example.com" };
  const child = await startWorker({ ...process.env, ...mail, REPORT_DIR: folder });
  workers.push(child);
  return child;
}

const dueNow = (recipients: string[]) => {
  const now = new Date();
  // Due in this minute; the next time is a month away.
  const [at, day] = [now.toISOString().slice(11, 16), now.getUTCDate()];
  return storedSchedule(now, { every: "monthly", at, day, recipients });
};
const mails = async (scheduleId: string) =>
  await controlDb().reportMail.findMany({ where: { report: { scheduleId } } });

test("two real workers make what is due once, and mail it once to each", async () => {
  const server = await testMail();
  const recipients = ["ann@example.com", "bob@example.com", "cid@example.com"];
  const { id } = await dueNow(recipients);
  await Promise.all([worker(server), worker(server)]);
  await until(async () => {
    const all = await mails(id);
    return all.length === 3 && all.every(({ status }) => status === "sent");
  });
  expect(await controlDb().report.findMany({ where: { scheduleId: id } })).toMatchObject([{ status: "done" }]);
  expect(server.taken.map(({ to }) => to.join()).sort()).toEqual(recipients);
  expect(server.taken[0]?.mail.attachments[0]?.content.toString()).toContain("acme");
  await server.close();
}, 120_000);

test("a worker that is killed before it noted the answer leaves that one message to be sent again, as the same", async () => {
  const server = await testMail();
  const { id } = await dueNow(["ann@example.com"]);
  server.holdAnswers();
  const first = await worker(server);
  await until(async () => server.taken.length === 1);
  await killWorker(first);
  server.answer();
  expect(await mails(id)).toMatchObject([{ status: "waiting", attempts: 1 }]);
  await controlDb().reportMail.updateMany({ data: { notBefore: new Date() } });
  await worker(server);
  await until(async () => (await mails(id))[0]?.status === "sent");
  const ids = server.taken.map(({ mail }) => mail.messageId);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  await server.close();
}, 120_000);

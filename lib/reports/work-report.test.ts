import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { everything, type Scope } from "@/lib/kernel/scope";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { explainDisk } from "@/lib/platform/whole-file";
import { requeueReports } from "./abandoned";
import type { Asker } from "./asker";
import { cancelReport } from "./cancel-report";
import { forgetReports } from "./forget-reports";
import type { AnyKind } from "./kind";
import { kindThat, waitingReport } from "./testing-reports";
import { workReport } from "./work-report";

const folder = mkdtempSync(join(tmpdir(), "tenantry-reports-"));
process.env.REPORT_DIR = folder;
const now = new Date("2026-05-01T12:00:00Z");
const clock = () => now;
const never = new AbortController().signal;

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => controlDb().report.deleteMany());

const work = (id: string, kind: AnyKind, stop: AbortSignal = never, leaseMs = 30_000) =>
  workReport(id, stop, { clock, find: () => kind, leaseMs, retryMs: 0 });
const rowOf = (id: string) => controlDb().report.findUniqueOrThrow({ where: { id } });
const filesOf = (id: string): string[] => {
  try {
    return readdirSync(join(folder, id));
  } catch {
    return [];
  }
};

const threeLines = kindThat(async function* (_ctx, _input, progress) {
  yield "a\r\n";
  yield "1\r\n";
  progress(1, 2);
  yield new TextEncoder().encode("é\r\n");
  progress(2, 2);
});

test("a report is made once, whoever is asked to, with its size, its hash and the end of its time", async () => {
  const id = await waitingReport(threeLines, now);
  await Promise.all([work(id, threeLines), work(id, threeLines), work(id, threeLines)]);
  const row = await rowOf(id);
  const [name = ""] = filesOf(id);
  const bytes = readFileSync(join(folder, id, name));
  expect(filesOf(id)).toHaveLength(1);
  expect(bytes.toString()).toBe("a\r\n1\r\né\r\n");
  expect(row).toMatchObject({ status: "done", attempts: 1, rows: 2n, total: 2n, fileName: name, lease: null });
  expect(row.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(Number(row.bytes)).toBe(bytes.byteLength);
  expect(row.expiresAt).toEqual(new Date(now.getTime() + env().REPORT_DAYS * 86_400_000));
});

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A kind that stands still after its first piece until it is let go, or its work is given up. */
function standing() {
  const reached = gate();
  const open = gate();
  const kind = kindThat(async function* (ctx, _input, progress) {
    yield "first\r\n";
    progress(1, null);
    reached.resolve();
    const given = new Promise<never>((_, reject) =>
      ctx.signal.addEventListener("abort", () => reject(new Error("given up")), { once: true }),
    );
    await Promise.race([open.promise, given]);
    yield "last\r\n";
  });
  return { kind, reached: reached.promise, open: open.resolve };
}

test("what is cancelled while it is made stops, leaves no file, and is not made again", async () => {
  const { kind, reached } = standing();
  const id = await waitingReport(kind, now);
  const working = work(id, kind, never, 900);
  await reached;
  await expect.poll(async () => (await rowOf(id)).rows).toBe(1n);
  expect(await perform(cancelReport, as("owner", { now: clock }), { id })).toMatchObject({
    status: "cancelled",
    words: "owner@example.com cancelled it.",
  });
  await working;
  await work(id, threeLines);
  expect(await rowOf(id)).toMatchObject({ status: "cancelled", fileName: null });
  expect(filesOf(id)).toEqual([]);
  await expect(perform(cancelReport, as("owner"), { id })).rejects.toThrow("it is cancelled");
});

test("a worker that stops gives its report back, and that does not count as an attempt", async () => {
  const { kind, reached } = standing();
  const id = await waitingReport(kind, now);
  const stop = new AbortController();
  const working = work(id, kind, stop.signal);
  await reached;
  stop.abort();
  await working;
  expect(await rowOf(id)).toMatchObject({ status: "waiting", attempts: 0, lease: null });
  await work(id, threeLines);
  expect(await rowOf(id)).toMatchObject({ status: "done", attempts: 1 });
});

test("a report whose worker is gone is begun by another; the first one's late end changes nothing", async () => {
  const { kind, reached, open } = standing();
  const id = await waitingReport(kind, now);
  // Its lease is renewed for the first time in ten seconds: until then it knows of nothing.
  const first = work(id, kind);
  await reached;
  expect(await requeueReports()).toBe(0);
  await controlDb().$executeRaw`UPDATE reports SET lease_until = clock_timestamp() - interval '1 s'`;
  await controlDb().$executeRaw`SELECT graphile_worker.remove_job(${`report:${id}`})`;
  expect(await requeueReports()).toBe(1);
  const later = new Date(now.getTime() + 1000);
  await workReport(id, never, { clock: () => later, find: () => threeLines });
  open();
  await first;
  const row = await rowOf(id);
  expect(row).toMatchObject({ status: "done", attempts: 2, rows: 2n });
  expect(filesOf(id)).toEqual([row.fileName]);
  expect(readFileSync(join(folder, id, row.fileName ?? ""), "utf8")).toBe("a\r\n1\r\né\r\n");
});

test("what may pass is tried again, what does not pass ends, and no secret of an error is told", async () => {
  let failures = 2;
  const shaky = kindThat(async function* () {
    yield "a\r\n";
    if (failures-- > 0) throw new Error("password=hunter2");
  });
  const id = await waitingReport(shaky, now);
  await work(id, shaky);
  expect(await rowOf(id)).toMatchObject({ status: "waiting", words: "It failed and is tried again (1 of 5)." });
  await work(id, shaky);
  await work(id, shaky);
  expect(await rowOf(id)).toMatchObject({ status: "done", words: null, attempts: 3 });
  failures = 99;
  const hopeless = await waitingReport(shaky, now);
  for (let attempt = 0; attempt < 6; attempt++) await work(hopeless, shaky);
  const row = await rowOf(hopeless);
  expect(row).toMatchObject({ status: "failed", attempts: 5 });
  expect(row.words).not.toContain("hunter2");
  expect(filesOf(hopeless)).toEqual([]);
});

test("a refusal ends a report at once, in its own words with the fields", async () => {
  const refusing = kindThat(async function* () {
    yield "a\r\n";
    throw new AppError("invalid", "Some fields need another look.", { fields: { from: "Nothing is kept from then." } });
  });
  const id = await waitingReport(refusing, now);
  await work(id, refusing);
  expect(await rowOf(id)).toMatchObject({
    status: "failed",
    words: "Some fields need another look. from: Nothing is kept from then.",
  });
});

test("a full disk is told, and tried again: somebody may make room", async () => {
  let full = true;
  const large = kindThat(async function* () {
    yield "a\r\n";
    if (full) explainDisk(Object.assign(new Error("no space"), { code: "ENOSPC" }), "REPORT_DIR");
  });
  const id = await waitingReport(large, now);
  await work(id, large);
  const words = "It failed and is tried again (1 of 5). The file can't be written to REPORT_DIR: the disk is full.";
  expect(await rowOf(id)).toMatchObject({ status: "waiting", words });
  full = false;
  await work(id, large);
  expect(await rowOf(id)).toMatchObject({ status: "done", words: null });
});

test("a folder that can't be written to is told", async () => {
  const id = await waitingReport(threeLines, now);
  writeFileSync(join(folder, id), "in the way");
  await work(id, threeLines);
  expect(await rowOf(id)).toMatchObject({
    status: "failed",
    words: "The file can't be written to REPORT_DIR: a file stands where the folder should be.",
  });
});

async function userWith(role: string, scope: Scope): Promise<Asker> {
  const id = newId(new Date());
  const email = `${id}@example.com`;
  await controlDb().user.create({ data: { id, email, name: "A", role, scope, passwordHash: "" } });
  return { name: email, kind: "user", id, scope };
}

test("a report is made with the rights that its asker has when it is made", async () => {
  const seen: unknown[] = [];
  const telling = kindThat(async function* ({ actor }) {
    seen.push(actor.kind === "user" && actor.scope);
    yield "a\r\n";
  });
  const north: Scope = { kind: "region", values: ["north"] };
  const narrowed = await userWith("analyst", everything);
  const id = await waitingReport(telling, now, narrowed);
  await controlDb().user.update({ where: { id: narrowed.id ?? "" }, data: { scope: north } });
  await work(id, telling);
  expect(seen).toEqual([north]);
  expect(await rowOf(id)).toMatchObject({ status: "done", scope: north });

  const demoted = await userWith("viewer", everything);
  const refused = await waitingReport(telling, now, demoted);
  await work(refused, telling);
  expect((await rowOf(refused)).words).toContain("reports:read");

  const gone = await userWith("owner", everything);
  await controlDb().user.update({ where: { id: gone.id ?? "" }, data: { deactivatedAt: now } });
  const nobodys = await waitingReport(telling, now, gone);
  await work(nobodys, telling);
  expect(await rowOf(nobodys)).toMatchObject({ status: "failed", words: expect.stringContaining("deactivated") });
  expect(seen).toHaveLength(1);
});

test("a file goes when its time is over, and what no report knows of goes, too", async () => {
  const id = await waitingReport(threeLines, now);
  await work(id, threeLines);
  const kept = await waitingReport(threeLines, new Date(now.getTime() + 1));
  await workReport(kept, never, { clock: () => new Date(now.getTime() + 1), find: () => threeLines });
  const strange = await waitingReport(threeLines, now);
  await work(strange, threeLines);
  await controlDb().report.delete({ where: { id: strange } });
  await forgetReports((await rowOf(id)).expiresAt ?? now);
  expect(await rowOf(id)).toMatchObject({ status: "done", removed: true });
  expect(filesOf(id)).toEqual([]);
  expect(filesOf(strange)).toEqual([]);
  expect(filesOf(kept)).toHaveLength(1);
});

import { type Actor, scopeOf, systemContext } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import type { Permission } from "@/lib/kernel/permissions";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { controlDb, type Db, type Prisma } from "@/lib/platform/prisma";
import { removeFile } from "@/lib/platform/whole-file";
import { askerNow } from "./asker";
import { removeFolder, reportFileName, reportPath, writeReport } from "./files";
import type { AnyKind } from "./kind";
import { kindNamed } from "./kinds";
import { type Claimed, claimReport, type Done, keepLease } from "./lease";
import { parseInput, refuseKind } from "./parse-input";
import { enqueueReport } from "./queue-report";

export type WorkOptions = {
  clock: Clock;
  /** Replaces the declared kinds and the waits below: for tests. */
  find?: (name: string) => AnyKind | undefined;
  leaseMs?: number;
  retryMs?: number;
};

const leaseMs = 30_000;
const retryMs = 10_000;
/** How often a report is begun that fails by something that may pass, or whose worker goes away. */
const mostAttempts = 5;
const dayMs = 86_400_000;

/** Makes a report, if it still waits for that. Any number of processes may be asked to. */
export async function workReport(id: string, stop: AbortSignal, options: WorkOptions): Promise<void> {
  const lease = options.leaseMs ?? leaseMs;
  const report = await claimReport(id, lease, options.clock());
  if (!report) return;
  if (report.attempts > mostAttempts)
    return void (await end(report, options.clock(), {
      status: "failed",
      words: "Its worker was lost again and again.",
    }));
  const done: Done = { rows: 0, total: null };
  const over = new AbortController();
  const gone = new AbortController();
  const keeping = keepLease(report, lease, done, over.signal, () => gone.abort());
  try {
    await make(report, done, AbortSignal.any([stop, gone.signal]), options);
  } catch (error) {
    // What was cancelled, or taken by another worker, is no longer this one's to speak of.
    if (gone.signal.aborted) return;
    if (stop.aborted) return await giveBack(report);
    await fail(report, error, options);
  } finally {
    over.abort();
    await keeping;
  }
}

async function make(report: Claimed, done: Done, signal: AbortSignal, options: WorkOptions): Promise<void> {
  const { clock, find = kindNamed } = options;
  const kind = find(report.kind);
  if (!kind) throw new AppError("conflict", `This version of Tenantry makes no report ${report.kind}.`);
  const asker = { name: report.askedBy, kind: report.askedKind as "user" | "key" | "system", id: report.askedById };
  const known = await askerNow(controlDb(), asker, clock());
  if ("lost" in known) throw new AppError("forbidden", `${known.lost} So nobody asks for this report any more.`);
  const refusal = refuseKind(kind, known.actor);
  if (refusal) throw refusal;
  const scope = scopeOf(known.actor);
  await controlDb().report.updateMany({
    where: { id: report.id, lease: report.lease },
    data: { scope, rights: partsOf(kind, known.actor) },
  });
  const ctx = { ...systemContext("report", controlDb(), clock, report.id, signal), actor: known.actor };
  const input = parseInput(kind, report.input);
  const fileName = reportFileName(kind.name, kind.format, clock());
  // What a worker left that was killed; one that only lost its lease finds its part gone, which is as well.
  if (report.attempts > 1) await removeFolder(report.id);
  const progress = (rows: number, total: number | null) => Object.assign(done, { rows, total });
  const file = await writeReport(report.id, fileName, kind.make(ctx, input as never, progress), signal);
  await finish(report, { fileName, ...file, ...done }, clock());
}

/** What of a kind's parts goes in, by what its asker may see. */
function partsOf({ parts = [] }: AnyKind, actor: Actor): Permission[] {
  return parts.filter(
    (part) => actor.kind === "system" || (actor.kind !== "nobody" && actor.permissions.includes(part)),
  );
}

type Made = { fileName: string; bytes: number; sha256: string } & Done;

async function finish(report: Claimed, made: Made, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + env().REPORT_DAYS * dayMs);
  const counted = await end(report, now, { status: "done", words: null, expiresAt, ...made });
  // Another worker makes it now, under another file's name.
  if (!counted) await removeFile(reportPath(report.id, made.fileName));
}

/** Writes down how a report ended, if this worker still holds it. */
async function end(report: Claimed, now: Date, data: Prisma.ReportUpdateManyMutationInput): Promise<boolean> {
  const { count } = await controlDb().report.updateMany({
    where: { id: report.id, lease: report.lease, status: "running" },
    data: { ...data, finishedAt: now, lease: null, leaseUntil: null },
  });
  return count > 0;
}

/** The worker stops: another one, or this one when it is back, begins the report anew. That attempt does not count. */
async function giveBack(report: Claimed): Promise<void> {
  await wait(report, { attempts: { decrement: 1 } });
}

async function wait(report: Claimed, data: Prisma.ReportUpdateManyMutationInput, runAt?: Date): Promise<void> {
  await controlDb().$transaction(async (db: Db) => {
    const { count } = await db.report.updateMany({
      where: { id: report.id, lease: report.lease, status: "running" },
      data: { ...data, status: "waiting", lease: null, leaseUntil: null },
    });
    if (count > 0) await enqueueReport(db, report.id, runAt);
  });
}

/** What the asker can mend ends it, in the error's words; what may pass is tried again, some times. */
async function fail(report: Claimed, error: unknown, { clock, retryMs: pause = retryMs }: WorkOptions): Promise<void> {
  const told = error instanceof AppError && !mayPass(error);
  if (!told) log().warn({ report: report.id, kind: report.kind, error: String(error) }, "a report failed");
  if (told) {
    await end(report, clock(), { status: "failed", words: inWords(error) });
  } else if (report.attempts < mostAttempts) {
    const why = error instanceof AppError ? ` ${inWords(error)}` : "";
    const words = `It failed and is tried again (${report.attempts} of ${mostAttempts}).${why}`;
    await wait(report, { words }, new Date(clock().getTime() + pause * report.attempts));
  } else {
    const why = error instanceof AppError ? inWords(error) : "The worker's log says why, under the report's id.";
    const words = `It failed ${mostAttempts} times. ${why}`;
    await end(report, clock(), { status: "failed", words });
  }
}

/** Whether something may be otherwise in a while: what is down, and a disk that somebody makes room on. */
function mayPass({ code, cause }: AppError): boolean {
  const full = cause instanceof Error && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
  return code === "internal" || code === "unavailable" || full;
}

function inWords({ message, fields }: AppError): string {
  const each = Object.entries(fields ?? {}).map(([name, words]) => `${name}: ${words}`);
  return [message, ...each].join(" ");
}

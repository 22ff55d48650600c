import { newId } from "@/lib/kernel/ids";
import { everything } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { writeReport } from "./files";
import type { ScheduleRow } from "./schedule-find";

type Given = Partial<Omit<ScheduleRow, "input" | "scope">> & { input?: object; scope?: object };

/** For tests: a schedule as it is stored: daily at six in UTC, of tenants, by the host, unless told. */
export async function storedSchedule(now: Date, given: Given = {}): Promise<ScheduleRow> {
  const id = newId(now);
  const { input = {}, scope = everything, ...more } = given;
  return await controlDb().reportSchedule.create({
    data: {
      ...{ id, name: `Schedule ${id}`, kind: "tenants", format: "csv", every: "daily", at: "06:00", tz: "UTC" },
      ...{ madeBy: "the host", madeKind: "system", nextAt: now, createdAt: now, updatedAt: now, input, scope },
      ...more,
    },
  });
}

type GivenReport = { title?: string; scheduleId?: string; content?: string | Uint8Array; status?: "done" | "failed" };

/** For tests: a report that is made, with its file, and that is to be mailed to these addresses. */
export async function mailedReport(now: Date, to: readonly string[], given: GivenReport = {}): Promise<string> {
  const { title = "All tenants", scheduleId = null, content = "\ufeffslug\r\nacme\r\n", status = "done" } = given;
  const id = newId(now);
  const fileName = "tenantry-tenants-2026-05-01t120000z.csv";
  async function* chunks() {
    yield content;
  }
  const { bytes, sha256 } = await writeReport(id, fileName, chunks(), new AbortController().signal);
  await controlDb().report.create({
    data: {
      ...{ id, kind: "tenants", format: "csv", title, status, scheduleId, fileName, bytes, sha256 },
      ...{ askedBy: "the host", askedKind: "system", createdAt: now, finishedAt: now },
      mails: { create: to.map((address) => ({ address })) },
    },
  });
  return id;
}

import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { askerOf } from "@/lib/reports/asker";
import { kindNamed } from "@/lib/reports/kinds";
import { queueReport } from "@/lib/reports/queue-report";
import { createSchedule } from "@/lib/reports/schedule-create";
import { workReport } from "@/lib/reports/work-report";
import type { Given } from "./testing-fuzz-requests";
import { next, type Scene } from "./testing-fuzz-things";

/** A report of the tenants that waits, or that was made. */
const ofReport =
  (made = false, more: Given = {}): Scene =>
  async () => {
    const kind = kindNamed("tenants");
    if (!kind) throw new Error("there is no table of tenants");
    const asker = askerOf({ kind: "system", name: "fuzz" });
    const { id } = await queueReport(controlDb(), { kind, input: {}, title: "Tenants", asker }, new Date());
    if (made) await workReport(id, new AbortController().signal, { clock: () => new Date() });
    return { params: { id }, ...more };
  };

/** A schedule of reports of the tenants. */
const ofSchedule =
  (more: Given = {}): Scene =>
  async () => {
    const wanted = { name: `scheduled ${next()}`, kind: "tenants", every: "daily" as const, at: "06:00" };
    return { params: { id: (await perform(createSchedule, as("system"), wanted)).id }, ...more };
  };

/** Scenes of reports. */
export const reportScenes: Record<string, Scene> = {
  "lake.export": async () => ({ body: { from: "2026-01-01", to: "2026-01-31" } }),
  "reports.create": async () => ({ body: { kind: "tenants", input: { columns: ["slug"] } } }),
  "reports.show": ofReport(),
  "reports.cancel": ofReport(),
  "reports.remove": ofReport(true),
  "reports.download": ofReport(true),
  "reportSchedules.create": async () => {
    return {
      body: { name: `made ${next()}`, kind: "usage", every: "monthly", day: 31, at: "07:30", tz: "Europe/Vienna" },
    };
  },
  "reportSchedules.show": ofSchedule(),
  "reportSchedules.edit": ofSchedule({ body: { every: "weekly", day: 1 } }),
  "reportSchedules.remove": ofSchedule(),
  "reportSchedules.run": ofSchedule(),
  "mail.test": async () => ({ body: { address: "ada@fuzz.example" } }),
};

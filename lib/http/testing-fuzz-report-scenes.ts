import { controlDb } from "@/lib/platform/prisma";
import { askerOf } from "@/lib/reports/asker";
import { kindNamed } from "@/lib/reports/kinds";
import { queueReport } from "@/lib/reports/queue-report";
import { workReport } from "@/lib/reports/work-report";
import type { Given } from "./testing-fuzz-requests";
import type { Scene } from "./testing-fuzz-things";

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

/** Scenes of reports. */
export const reportScenes: Record<string, Scene> = {
  "reports.create": async () => ({ body: { kind: "tenants", input: { columns: ["slug"] } } }),
  "reports.show": ofReport(),
  "reports.cancel": ofReport(),
  "reports.remove": ofReport(true),
  "reports.download": ofReport(true),
};

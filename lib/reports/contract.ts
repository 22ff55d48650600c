import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { isSeen, unseen } from "@/lib/kernel/naming";
import { pageInput } from "@/lib/kernel/page";
import { formats, kindView, reportStatuses, reportView } from "./shapes";

const base = "/api/tenancy/reports";
const key = z.object({ id: z.uuid("This is not a report's id.") });

export const listKindsContract = contract({
  id: "reports.kinds",
  method: "GET",
  path: `${base}/kinds`,
  summary: "List the tables and documents that can be had as files, with their columns and their input.",
  access: "reports:read",
  scoped: true,
  list: "kinds",
  input: z.object({}),
  output: z.object({ kinds: z.array(kindView) }),
});

export const createReportContract = contract({
  id: "reports.create",
  method: "POST",
  path: base,
  summary: "Ask for a report: it is made in the background and kept for download.",
  access: "reports:read",
  scoped: true,
  status: 202,
  input: z.object({
    kind: z.string().max(60).describe("a name from `reports.kinds`"),
    input: z.record(z.string(), z.unknown()).default({}).describe("the kind's own: filters, period, columns"),
    title: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .refine(isSeen, unseen)
      .optional()
      .describe("a name of your own; made from the input unless told"),
  }),
  output: reportView,
});

export const listReportsContract = contract({
  id: "reports.list",
  method: "GET",
  path: base,
  summary: "List reports that were asked for, newest first.",
  access: "reports:read",
  scoped: true,
  list: "reports",
  input: z.object({
    status: z.array(z.enum(reportStatuses)).default([]),
    kind: z.array(z.string().max(60)).default([]),
    format: z.array(z.enum(formats)).default([]),
    schedule: z.uuid().optional().describe("those that were made for this schedule"),
    ...pageInput(50),
  }),
  output: z.object({ reports: z.array(reportView), next: z.string().nullable() }),
});

export const showReportContract = contract({
  id: "reports.show",
  method: "GET",
  path: `${base}/{id}`,
  summary: "Show a report: how far it is, its file, and to whom it was mailed.",
  access: "reports:read",
  scoped: true,
  input: key,
  output: reportView,
});

export const cancelReportContract = contract({
  id: "reports.cancel",
  method: "POST",
  path: `${base}/{id}/cancel`,
  summary: "Cancel a report that is not finished.",
  access: "reports:read",
  scoped: true,
  input: key,
  output: reportView,
});

export const removeReportContract = contract({
  id: "reports.remove",
  method: "DELETE",
  path: `${base}/{id}`,
  summary: "Remove a report with its file before its time is over.",
  access: "reports:read",
  scoped: true,
  input: key,
  output: z.object({ id: z.uuid() }),
});

export const downloadReportContract = contract({
  id: "reports.download",
  method: "GET",
  path: `${base}/{id}/file`,
  summary: "Download a report's file. It is in the audit trail.",
  access: "reports:read",
  scoped: true,
  answers: ["text/csv", "application/pdf"],
  input: key,
  output: z.string(),
});

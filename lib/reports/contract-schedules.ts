import { z } from "zod";
import { period } from "@/lib/history/shapes";
import { contract } from "@/lib/kernel/contract";
import { isSeen, unseen } from "@/lib/kernel/naming";
import { pageInput } from "@/lib/kernel/page";
import { formats, reportStatuses, reportView } from "./shapes";

/** How often a schedule is due. */
export const everies = ["daily", "weekly", "monthly"] as const;
export type Every = (typeof everies)[number];

/** What a scheduled report tells of: the day, week or month before it was due, or the range of its own input. */
export const coverages = ["previous", "input"] as const;
export type Covers = (typeof coverages)[number];

const time = z.iso.datetime();

/** A report that is made again and again. */
export const scheduleView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.string(),
    format: z.enum(formats),
    input: z.record(z.string(), z.unknown()),
    every: z.enum(everies),
    at: z.string().describe("the time of day in `tz`, HH:MM"),
    day: z
      .int()
      .nullable()
      .describe(
        "of a weekly one 1 (Monday) to 7, of a monthly one 1 to 31 (a shorter month's last day stands for it); daily: null",
      ),
    tz: z.string(),
    covers: z
      .enum(coverages)
      .describe("previous: the whole day, week or month before it is due; input: the input's range, up to then"),
    recipients: z.array(z.string()).describe("to whom it is mailed; none: it is kept for download"),
    enabled: z.boolean(),
    stopped: z.string().nullable().describe("why it was switched off by itself; null: it was not"),
    nextAt: time.nullable().describe("when it is due next; null: it is switched off"),
    last: z
      .object({
        id: z.uuid(),
        title: z.string(),
        status: z.enum(reportStatuses),
        words: z.string().nullable().describe("why it failed or was cancelled"),
        dueAt: time.nullable().describe("when it was due; null: somebody asked for it at once"),
        createdAt: time,
        finishedAt: time.nullable(),
        mails: reportView.shape.mails,
      })
      .nullable()
      .describe("the newest report that was made for it; null: none is kept"),
    madeBy: z.string().describe("with whose rights its reports are made"),
    version: z.int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "ReportSchedule" });
export type ScheduleView = z.infer<typeof scheduleView>;

/** One e-mail address. */
const address = z
  .string()
  .trim()
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address."));

const base = "/api/tenancy/report-schedules";
const key = z.object({ id: z.uuid("This is not a schedule's id.") });

const wanted = {
  name: z
    .string()
    .trim()
    .min(1, "Give the schedule a name.")
    .max(120, "Use at most 120 characters.")
    .refine(isSeen, unseen),
  kind: z.string().max(60).describe("a name from `reports.kinds`"),
  input: z.record(z.string(), z.unknown()).describe("the kind's own: filters, period, columns"),
  every: z.enum(everies),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write a time of day from 00:00 to 23:59, such as 07:30."),
  day: z
    .int()
    .min(1)
    .max(31)
    .nullable()
    .describe(
      "of a weekly one 1 (Monday) to 7, of a monthly one 1 to 31 (a shorter month's last day stands for it); daily: none",
    ),
  tz: period.tz.removeDefault(),
  covers: z
    .enum(coverages)
    .describe("previous: the whole day, week or month before it is due; input: the input's range, up to then"),
  recipients: z
    .array(address)
    .max(50, "Name at most 50.")
    .describe("to whom it is mailed, each in a message of their own; none: it is kept for download"),
  enabled: z.boolean(),
};

export const listSchedulesContract = contract({
  id: "reportSchedules.list",
  method: "GET",
  path: base,
  summary: "List the reports that are made regularly, by their names, with the last of each.",
  access: "reports:read",
  scoped: true,
  list: "schedules",
  input: z.object({
    kind: z.array(z.string().max(60)).default([]),
    ...pageInput(50),
  }),
  output: z.object({ schedules: z.array(scheduleView), next: z.string().nullable() }),
});

export const showScheduleContract = contract({
  id: "reportSchedules.show",
  method: "GET",
  path: `${base}/{id}`,
  summary: "Show a report's schedule: when it is due, to whom it goes, and what became of the last one.",
  access: "reports:read",
  scoped: true,
  state: ({ nextAt: _, last: __, updatedAt: ___, ...kept }) => kept,
  input: key,
  output: scheduleView,
});

export const createScheduleContract = contract({
  id: "reportSchedules.create",
  method: "POST",
  path: base,
  summary: "Have a report made every day, week or month, and mailed or kept for download.",
  access: "reports:schedule",
  scoped: true,
  status: 201,
  input: z.object({
    ...wanted,
    input: wanted.input.default({}),
    day: wanted.day.default(null),
    tz: wanted.tz.default("UTC"),
    covers: wanted.covers.default("previous"),
    recipients: wanted.recipients.default([]),
    enabled: wanted.enabled.default(true),
  }),
  output: scheduleView,
});

export const editScheduleContract = contract({
  id: "reportSchedules.edit",
  method: "PATCH",
  path: `${base}/{id}`,
  summary: "Change a report's schedule; from then on its reports are made with the rights of who changed it last.",
  access: "reports:schedule",
  scoped: true,
  guarded: true,
  input: key.extend({
    name: wanted.name.optional(),
    kind: wanted.kind.optional(),
    input: wanted.input.optional(),
    every: wanted.every.optional(),
    at: wanted.at.optional(),
    day: wanted.day.optional(),
    tz: wanted.tz.optional(),
    covers: wanted.covers.optional(),
    recipients: wanted.recipients.optional(),
    enabled: wanted.enabled.optional(),
  }),
  output: scheduleView,
});

export const removeScheduleContract = contract({
  id: "reportSchedules.remove",
  method: "DELETE",
  path: `${base}/{id}`,
  summary: "Remove a report's schedule; the reports that were made for it stay.",
  access: "reports:schedule",
  scoped: true,
  guarded: true,
  input: key,
  output: z.object({ id: z.uuid() }),
});

export const runScheduleContract = contract({
  id: "reportSchedules.run",
  method: "POST",
  path: `${base}/{id}/run`,
  summary: "Make a schedule's report now, and mail it to its recipients.",
  access: "reports:schedule",
  scoped: true,
  status: 202,
  input: key,
  output: reportView,
});

export const mailStatusContract = contract({
  id: "mail.status",
  method: "GET",
  path: "/api/tenancy/mail",
  summary: "Tell whether mail is set up, from which address it comes, and to which domains it may go.",
  access: "reports:read",
  scoped: true,
  input: z.object({}),
  output: z
    .object({
      configured: z.boolean(),
      words: z.string().nullable().describe("what is missing or wrong in the settings; null: nothing"),
      from: z.string().nullable().describe("the address that mails come from"),
      server: z.string().nullable().describe("the mail server's host and port"),
      domains: z.array(z.string()).describe("domains that mails may go to; none: all"),
    })
    .meta({ id: "MailStatus" }),
});

export const mailTestContract = contract({
  id: "mail.test",
  method: "POST",
  path: "/api/tenancy/mail/test",
  summary: "Send a test mail to an address, and tell what the mail server answered.",
  access: "reports:schedule",
  scoped: true,
  input: z.object({ address }),
  output: z.object({
    address: z.string(),
    sent: z.boolean(),
    words: z.string().describe("what the mail server answered, or why it could not be asked"),
  }),
});

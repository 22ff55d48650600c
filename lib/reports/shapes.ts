import { z } from "zod";

export const formats = ["csv", "pdf"] as const;
export type Format = (typeof formats)[number];

export const reportStatuses = ["waiting", "running", "done", "failed", "cancelled"] as const;
export type ReportStatus = (typeof reportStatuses)[number];

export const mailStatuses = ["waiting", "sent", "failed"] as const;

const time = z.iso.datetime();

/** What can be asked for, with the names of its columns where it is a table. */
export const kindView = z
  .object({
    name: z.string(),
    format: z.enum(formats),
    words: z.string().describe("what is in it"),
    columns: z
      .array(z.object({ name: z.string(), words: z.string() }))
      .describe("of a table, in their order; of a document none"),
    period: z.boolean().describe("whether it is about a period: `range`, or `from` and `to`"),
    input: z.record(z.string(), z.unknown()).describe("the shape of its input, as JSON Schema"),
  })
  .meta({ id: "ReportKind" });
export type KindView = z.infer<typeof kindView>;

export const reportView = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    format: z.enum(formats),
    title: z.string(),
    input: z.record(z.string(), z.unknown()),
    status: z.enum(reportStatuses),
    words: z.string().nullable().describe("why it failed or was cancelled"),
    askedBy: z.string(),
    schedule: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .describe("the schedule that it was made for; null: somebody asked for it"),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    rows: z.int().describe("rows that are written"),
    total: z.int().nullable().describe("rows there are to write; null: not known"),
    file: z
      .object({
        name: z.string(),
        bytes: z.int(),
        sha256: z.string(),
        expiresAt: time.nullable().describe("when it is removed; null: never"),
        removed: z.boolean().describe("true when it was removed: ask for a new report"),
      })
      .nullable()
      .describe("null until it is made"),
    mails: z.array(
      z.object({
        address: z.string(),
        status: z.enum(mailStatuses),
        words: z.string().nullable().describe("what the mail server answered, where it did not take it"),
        sentAt: time.nullable(),
      }),
    ),
  })
  .meta({ id: "Report" });
export type ReportView = z.infer<typeof reportView>;

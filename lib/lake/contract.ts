import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";

const time = z.iso.datetime();
const day = z.iso.date().describe("a day of UTC, such as 2026-11-21");
const level = z.enum(["minute", "hour"]);

/** A day that stands in the lake. */
export const lakeDay = z
  .object({
    day,
    level: level.describe("how finely it was written, for as long as it stands there"),
    rows: z.number(),
    tenants: z.int(),
    bytes: z.number().describe("of all its files"),
    writtenAt: time,
    tookMs: z.number(),
    kept: z.boolean().describe("true while the database has its rows still, so that it can be written again"),
  })
  .meta({ id: "LakeDay" });
export type LakeDay = z.infer<typeof lakeDay>;

/** A day that is to be written. */
export const lakeWaiting = z
  .object({
    day,
    level,
    why: z
      .enum(["new", "gone", "asked", "changed"])
      .describe("not there yet; its files are gone; somebody asked; samples came late"),
    error: z.string().nullable().describe("what went wrong the last time"),
    failedAt: time.nullable(),
  })
  .meta({ id: "LakeWaiting" });

export const showLakeContract = contract({
  id: "lake.show",
  method: "GET",
  path: "/api/tenancy/lake",
  summary: "Show the lake of usage: which days stand there as Parquet, which wait to be written, and what went wrong.",
  access: "system:read",
  list: "days",
  input: z.object(pageInput(50)),
  output: z.object({
    on: z.boolean().describe("false while LAKE_DIR is not set: nothing is written"),
    folder: z.string().nullable().describe("LAKE_DIR"),
    level: level.describe("LAKE_LEVEL: how finely new days are written"),
    closedTo: day.nullable().describe("days before this one are over and rolled up; null: none is"),
    days: z.array(lakeDay).describe("the newest first"),
    next: z.string().nullable(),
    total: z.object({ days: z.int(), rows: z.number(), bytes: z.number() }),
    waiting: z.array(lakeWaiting).describe("those that are written next, 50 at most"),
    waitingDays: z.int().describe("how many wait in all"),
    lastError: z.object({ day, words: z.string(), at: time }).nullable().describe("null: the last attempt went well"),
  }),
});
export type LakeView = z.infer<(typeof showLakeContract)["output"]>;

// PostgreSQL has no year 0.
const asked = day.refine((text) => text >= "0001-01-01", "Name a day such as 2026-11-21.");

export const exportLakeContract = contract({
  id: "lake.export",
  method: "POST",
  path: "/api/tenancy/lake/export",
  summary: "Ask that the days of a period be written to the lake again.",
  access: "system:maintain",
  status: 202,
  input: z
    .object({ from: asked.describe("the first day (UTC)"), to: asked.describe("the last day, which is one of them") })
    .refine(({ from, to }) => from <= to, { path: ["to"], error: "The last day must not be before the first." }),
  output: z.object({
    days: z.int().describe("days that the worker writes now, also those that waited before"),
    leftAlone: z
      .int()
      .describe("days that stand in the lake and stay as they are, since the database has them no more"),
  }),
});

import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { levels } from "./shapes";

const time = z.iso.datetime();

export const historyContract = contract({
  id: "history.show",
  method: "GET",
  path: "/api/tenancy/history",
  summary: "How usage is kept: each level with its retention, size, and up to when it is complete.",
  access: "metrics:read",
  input: z.object({}),
  output: z.object({
    levels: z.array(
      z.object({
        level: z.enum(levels),
        retentionDays: z.number(),
        from: time.nullable().describe("the oldest partition's begin"),
        until: time.nullable().describe("complete up to here"),
        partitions: z.int(),
        sizeBytes: z.number(),
        rows: z.number().describe("as the planner estimates them"),
        tookMs: z.number().nullable().describe("how long the newest step of the roll-up took"),
      }),
    ),
    late: z.int().describe("minutes of tenants that wait to be rolled up again, since samples came late"),
    behindSeconds: z.number().nullable().describe("how far the minutes are behind now; null: not begun"),
  }),
});

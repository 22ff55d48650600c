import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { type ErrorCode, problems } from "@/lib/kernel/errors";

const codes = Object.keys(problems) as [ErrorCode, ...ErrorCode[]];

const problemKind = z
  .object({
    code: z.enum(codes),
    status: z.int(),
    title: z.string(),
    means: z.string(),
    todo: z.string().describe("what whoever meets it can do"),
  })
  .meta({ id: "ProblemKind" });

export const listProblemsContract = contract({
  id: "problems.list",
  method: "GET",
  path: "/api/tenancy/problems",
  summary: "List the kinds of problems the API answers with, and the fixed words of their reasons.",
  access: "public",
  list: "problems",
  input: z.object({}),
  output: z.object({
    problems: z.array(problemKind),
    reasons: z.array(z.object({ reason: z.string(), means: z.string() })),
  }),
});

export const showProblemContract = contract({
  id: "problems.show",
  method: "GET",
  path: "/api/tenancy/problems/{code}",
  summary: "Say what a kind of problem means and what to do: the address that a problem's `type` names.",
  access: "public",
  state: (kind) => kind,
  input: z.object({ code: z.enum(codes) }),
  output: problemKind,
});

import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { numberedPageInput } from "@/lib/kernel/page";

const time = z.iso.datetime();

export const isolationStates = ["proven", "leaking", "running", "failed", "never"] as const;
export type IsolationState = (typeof isolationStates)[number];

export const isolationServer = z
  .object({
    server: z.object({ id: z.uuid(), name: z.string() }),
    state: z
      .enum(isolationStates)
      .describe("failed: the server could not be asked; what was found before stands, and nobody has looked since"),
    checkedAt: time.nullable().describe("when the server was last looked at; the numbers are as of then"),
    triedAt: time.nullable().describe("when a check last ended, also one that failed"),
    tenants: z.int(),
    roles: z.int(),
    pairs: z.number().describe("pairs of a role and a tenant's database that were asked about"),
    tookMs: z.number().nullable(),
    findings: z.int(),
    error: z.string().nullable(),
    askedBy: z.string().nullable(),
    above: z
      .array(z.object({ role: z.string(), why: z.string() }))
      .describe("roles that no proof holds against, such as superusers"),
  })
  .meta({ id: "IsolationServer" });
export type IsolationServer = z.infer<typeof isolationServer>;

export const isolationRule = z.object({
  name: z.string(),
  words: z.string().describe("what it proves, in a sentence"),
  findings: z.int(),
});

export const isolationOverviewContract = contract({
  id: "isolation.overview",
  method: "GET",
  path: "/api/tenancy/isolation",
  summary: "Show for each server whether its tenants were proven to be apart, when, and what leaks.",
  access: "isolation:read",
  input: z.object({}),
  output: z.object({
    servers: z.array(isolationServer),
    rules: z.array(isolationRule),
    everyHours: z.number().describe("ISOLATION_CHECK_HOURS; 0: only when asked"),
  }),
});
export type IsolationOverview = z.infer<(typeof isolationOverviewContract)["output"]>;

export const isolationFinding = z
  .object({
    id: z.string(),
    server: z.object({ id: z.uuid(), name: z.string() }),
    tenant: z
      .object({ id: z.uuid(), slug: z.string(), name: z.string() })
      .nullable()
      .describe("null where it is a matter of the whole server"),
    rule: z.string(),
    subject: z.string().describe("the role, database or line that it is about"),
    words: z.string(),
    mend: z.string().nullable().describe("SQL that closes it, to be read and run by an administrator"),
    firstSeen: time,
    lastSeen: time,
    resolvedAt: time.nullable(),
    stale: z.boolean().describe("true while it is open and the server could not be looked at since"),
  })
  .meta({ id: "IsolationFinding" });
export type IsolationFinding = z.infer<typeof isolationFinding>;

/** What the list of findings may be sorted by. */
export const findingSorts = ["firstSeen", "lastSeen", "rule"] as const;

export const listIsolationFindingsContract = contract({
  id: "isolation.findings",
  method: "GET",
  path: "/api/tenancy/isolation/findings",
  summary: "List the leaks that are open, or were: by server, tenant and rule.",
  access: "isolation:read",
  list: "findings",
  input: z.object({
    state: z.enum(["open", "resolved", "all"]).default("open"),
    server: z.uuid().optional(),
    tenant: z.uuid().optional(),
    rule: z.string().max(60).optional(),
    sort: z.enum(findingSorts).optional().describe("left out: what is open first, and of that the newest"),
    order: z.enum(["asc", "desc"]).default("desc").describe("of what `sort` names"),
    ...numberedPageInput(50),
  }),
  output: z.object({ findings: z.array(isolationFinding), total: z.int(), next: z.string().nullable() }),
});

export const checkIsolationContract = contract({
  id: "isolation.check",
  method: "POST",
  path: "/api/tenancy/isolation/check",
  summary: "Prove isolation now, on one server or on all: it answers when every server was asked.",
  access: "databases:maintain",
  input: z.object({ server: z.uuid().optional() }),
  output: z.object({ servers: z.array(isolationServer), findings: z.int() }),
});

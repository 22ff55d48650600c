import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { ruleNames, severities } from "./rules";

const time = z.iso.datetime();

const server = z.object({ id: z.uuid(), name: z.string() }).nullable();

export const finding = z
  .object({
    id: z.string().describe("rule:subject, the same as long as it stands: what fleet.mend is given"),
    rule: z.enum(ruleNames),
    severity: z.enum(severities),
    subject: z.object({
      kind: z.enum(["tenant", "server", "database", "role", "run", "domain", "secret", "folder"]),
      id: z.string(),
      name: z.string(),
    }),
    server,
    words: z.string().describe("what is wrong"),
    mend: z.string().describe("what to do about it"),
    mendable: z.boolean().describe("whether fleet.mend does that"),
  })
  .meta({ id: "FleetFinding" });
export type Finding = z.infer<typeof finding>;

export const ruleView = z
  .object({
    name: z.enum(ruleNames),
    severity: z.enum(severities),
    words: z.string(),
    mendable: z.boolean(),
    findings: z.int(),
  })
  .meta({ id: "FleetRule" });

export const diagnoseContract = contract({
  id: "fleet.diagnose",
  method: "GET",
  path: "/api/tenancy/fleet/diagnosis",
  summary: "Find what is wrong across the registry and every server; nothing is changed.",
  access: "system:read",
  list: "findings",
  input: z.object({
    rule: z.array(z.enum(ruleNames)).default([]).describe("only these rules"),
    server: z.uuid().optional().describe("only this server and its tenants"),
  }),
  output: z.object({
    findings: z.array(finding).describe("the worst first; at most 1000, and never more than 200 of a rule"),
    rules: z.array(ruleView).describe("every rule with how many were found, also beyond those listed"),
    servers: z.array(
      z.object({
        server: z.object({ id: z.uuid(), name: z.string() }),
        asked: z.boolean().describe("false: it did not answer, so what is on it is unknown"),
        tookMs: z.number(),
      }),
    ),
    at: time,
    tookMs: z.number(),
  }),
});
export type Diagnosis = z.infer<(typeof diagnoseContract)["output"]>;

export const mendContract = contract({
  id: "fleet.mend",
  method: "POST",
  path: "/api/tenancy/fleet/mend",
  summary: "Mend findings that can be mended without losing anything, after looking again whether they stand.",
  access: "system:maintain",
  stepUp: "people",
  input: z.object({
    findings: z
      .array(z.string().trim().min(1).max(400))
      .min(1, "Choose what to mend.")
      .max(100, "Mend at most 100 at a time.")
      .describe("ids of findings"),
  }),
  output: z.object({
    results: z.array(
      z.object({
        id: z.string(),
        outcome: z
          .enum(["mended", "gone", "refused", "failed", "left"])
          .describe(
            "gone: it does not stand any more; refused: nothing mends it by itself; left: there was no time, ask again",
          ),
        words: z.string(),
      }),
    ),
    mended: z.int(),
  }),
});
export type Mended = z.infer<(typeof mendContract)["output"]>;

export const orphan = z
  .object({
    server: z.object({ id: z.uuid(), name: z.string() }),
    kind: z.enum(["database", "role"]),
    name: z.string(),
    made: z.boolean().describe("whether it bears Tenantry's mark: made for a tenant that is no longer there"),
    madeFor: z.string().nullable().describe("the id of that tenant"),
    owner: z.string().nullable(),
    canSignIn: z.boolean().nullable().describe("of a role"),
    bytes: z.number().nullable().describe("of a database; null where this administrator may not look"),
    sessions: z.int().describe("sessions in it, or of it, now"),
    lastActivityAt: time.nullable().describe("when one of those sessions last did something; PostgreSQL keeps no more"),
    todo: z.string(),
  })
  .meta({ id: "Orphan" });
export type Orphan = z.infer<typeof orphan>;

export const orphansContract = contract({
  id: "fleet.orphans",
  method: "GET",
  path: "/api/tenancy/fleet/orphans",
  summary: "List databases and roles on the servers that no tenant has, and what to do about each.",
  access: "system:read",
  list: "orphans",
  input: z.object({ server: z.uuid().optional() }),
  output: z.object({
    orphans: z.array(orphan),
    unasked: z.array(z.object({ server: z.object({ id: z.uuid(), name: z.string() }), error: z.string() })),
    at: time,
  }),
});

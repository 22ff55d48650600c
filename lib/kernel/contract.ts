import type { z } from "zod";
import type { Permission } from "./permissions";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call an operation: a permission; "public" (anybody); "session" (signed in, whatever the role);
 * "first-factor" (a password was proven, the second factor not yet: only enrolment uses it).
 */
export type Access = Permission | "public" | "session" | "first-factor";

/** The shape of one operation: what goes in, what comes out, where it is on the API and who may call it. */
export type Contract<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  /** `noun.verb`, unique over the catalog; OpenAPI's operationId. */
  id: string;
  method: Method;
  /** Path with `{name}` for each parameter, which are fields of the input. OTLP's is given by its standard. */
  path: `/api/tenancy/${string}` | "/v1/metrics";
  /** One sentence: OpenAPI's summary. */
  summary: string;
  access: Access;
  /**
   * True when its code looks only at tenants within the actor's scope. Without this, only actors whose rights reach
   * all tenants may call it.
   */
  scoped?: true;
  /**
   * True when it needs the second factor again, for this very input, which an API key can't give; "people" when only
   * people have to give it, and an API key's own right is enough; "plan" is like "people", but the proof is for a digest
   * that the operation itself looks up.
   */
  stepUp?: true | "people" | "plan";
  /** True when the answer holds a secret that is shown once: of it an Idempotency-Key keeps only that it was given. */
  secretAnswer?: true;
  input: Input;
  output: Output;
  /** What its body is, where that is no JSON but a file as it is. */
  takes?: readonly string[];
  /** What it answers with, where that is no JSON. */
  answers?: readonly string[];
  /** In a list's contract: the name of the answer's array, whose members `fields` cuts down. */
  list?: string;
  /**
   * In the contract of a single resource: what of it changes change, of which its ETag is made. What moves by itself
   * (figures, times of use) does not belong to it, or nobody could say `If-Match`.
   */
  state?(resource: z.output<Output>): unknown;
  /** True when it changes a resource with a state, and so takes `If-Match`: see lib/gate/precondition.ts. */
  guarded?: true;
  /** When it stopped being recommended, when it ends (both dates), and what to call instead. */
  deprecated?: { since: string; sunset: string; instead: string };
  /** HTTP status of success; 200 unless told. */
  status?: 200 | 201 | 202;
};

/** Declares a contract and keeps the exact types of its shapes. */
export function contract<Input extends z.ZodType, Output extends z.ZodType>(
  shape: Contract<Input, Output>,
): Contract<Input, Output> {
  return shape;
}

/** What a caller passes: before defaults are applied. */
export type InputOf<C extends Contract> = z.input<C["input"]>;

/** What a caller gets back. */
export type OutputOf<C extends Contract> = z.output<C["output"]>;

/** The largest body of a request, in bytes: the front refuses what says that it is larger, handlers what turns out to be. */
export const maxBody = 1_000_000;

const parameter = /\{(\w+)\}/g;

/** The one address that takes larger bodies than that: its handler counts what it reads, against IMPORT_MAX_MB. */
export const uploadsPath = "/api/tenancy/uploads";

/** Fills the path's parameters from the input and says which fields it used. */
export function fillPath(path: string, input: Record<string, unknown>): { path: string; used: Set<string> } {
  const used = new Set<string>();
  const filled = path.replace(parameter, (_, name: string) => {
    used.add(name);
    return encodeURIComponent(String(input[name]));
  });
  return { path: filled, used };
}

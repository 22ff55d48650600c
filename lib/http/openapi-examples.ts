import { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";
import type { Json } from "./openapi-schemas";

const id = "0193a1d2-7c1e-7000-8000-5f0e6b1c9a44";

/** A value that means something, by the field's name; fields that are not here are given only when they are required. */
const byName: Record<string, unknown> = {
  ...{ name: "Acme Corporation", slug: "acme", plan: "business", region: "eu-west", tags: ["pilot"], version: 3 },
  ...{ hostname: "shop.acme.example", domain: "shop.acme.example", email: "ada@acme.example", role: "operator" },
  ...{ tenants: [id], reason: "Asked for by the customer", message: "We are back in ten minutes." },
  ...{ permissions: ["tenants:read"], scope: { kind: "all" }, network: "203.0.113.0/24", area: "api" },
  ...{ host: "db1.internal.example", port: 5432, code: "123456", digest: "0".repeat(64), confirm: "acme" },
  ...{ password: "correct horse battery staple", current: "my password until now", database: "acme_live" },
  migration: "20261121163100_page_views",
};

/** Where a field's name does not say enough. */
const byOperation: Record<string, Json> = {
  "bulk.plan.set-limits": { input: { connections: 20 } },
  "bulk.plan.tag": { input: { add: ["pilot"] } },
  "bulk.plan.import-data": { input: { run: id, position: 0 } },
  "tenants.run.import-data": { run: id, position: 0 },
  "reportSchedules.create": {
    ...{ name: "Usage for the board", kind: "usage", every: "weekly", at: "07:00", day: 1, tz: "Europe/Vienna" },
    recipients: ["board@example.com"],
  },
  "reportSchedules.edit": { name: "Usage for the board", recipients: ["board@example.com", "ada@example.com"] },
  "mail.test": { address: "ada@example.com" },
  "lake.export": { from: "2026-11-01", to: "2026-11-21" },
  "tenants.editSettings": { limits: { connections: 20 } },
};

/** An example of an operation's body: fields with a known value, and all that are required. Undefined: nothing to show. */
export function exampleOf(one: Contract, names: readonly string[]): Json | undefined {
  const { $defs = {}, ...input } = z.toJSONSchema(one.input, { io: "input", unrepresentable: "any" }) as Shape;
  const sample = { ...objectOf(input, $defs), ...byOperation[one.id] };
  const entries = names.filter((name) => name in sample).map((name) => [name, sample[name]]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

type Shape = {
  $ref?: string;
  $defs?: Record<string, Shape>;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  type?: string | string[];
  format?: string;
  items?: Shape;
  minItems?: number;
  minimum?: number;
  default?: unknown;
  properties?: Record<string, Shape>;
  required?: string[];
  "x-choices"?: string;
};

function objectOf({ properties = {}, required = [] }: Shape, defs: Record<string, Shape>): Json {
  const wanted = Object.entries(properties).filter(([name]) => required.includes(name) || name in byName);
  return Object.fromEntries(wanted.map(([name, shape]) => [name, sampleOf(name, shape, defs)]));
}

function sampleOf(name: string, shape: Shape, defs: Record<string, Shape>): unknown {
  if (shape.$ref) return sampleOf(name, defs[shape.$ref.replace("#/$defs/", "")] ?? {}, defs);
  if (shape.const !== undefined) return shape.const;
  if (shape["x-choices"]) return byName[name];
  if (shape.enum) return shape.enum.includes(byName[name]) ? byName[name] : shape.enum[0];
  if (name in byName && fits(byName[name], shape)) return byName[name];
  if (shape.default !== undefined) return shape.default;
  const [first] = shape.anyOf ?? shape.oneOf ?? [];
  if (first) return sampleOf(name, first, defs);
  if (shape.format === "uuid") return id;
  if (shape.format === "date-time") return "2026-11-22T06:00:00Z";
  if (shape.type === "object") return objectOf(shape, defs);
  if (shape.type === "array")
    return Array.from({ length: shape.minItems ?? 0 }, () => sampleOf("", shape.items ?? {}, defs));
  if (shape.type === "integer" || shape.type === "number") return shape.minimum ?? 1;
  return shape.type === "boolean" ? true : "text";
}

/** Whether a value known by its name is of the type that this field has. */
function fits(value: unknown, { type, anyOf, oneOf }: Shape): boolean {
  const own = Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
  const types = [type, ...[...(anyOf ?? []), ...(oneOf ?? [])].map((one) => one.type ?? "object")].flat();
  return (
    types.every((one) => one === undefined) || types.includes(own) || (own === "integer" && types.includes("number"))
  );
}

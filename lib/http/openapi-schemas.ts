import { z } from "zod";

/** A piece of JSON Schema or of OpenAPI. */
export type Json = Record<string, unknown>;

/** The shapes that have names of their own, gathered while operations are written down. */
export type Named = Map<string, Json>;

/**
 * A zod schema as JSON Schema 2020-12. Shapes with an id go to `named` and are referred to. As inputs, where some differ
 * (what has a default need not be given), they are called by the id and "Input".
 */
export function schemaOf(schema: z.ZodType, io: "input" | "output", named: Named): Json {
  const { $schema: _, $defs = {}, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  const shapes = Object.entries($defs as Record<string, Json>);
  const called = new Map(shapes.map(([id]) => [id, io === "input" ? `${id}Input` : id]));
  for (const [id, shape] of shapes) keep(named, called.get(id) ?? id, referred(shape, called) as Json);
  return referred(json, called) as Json;
}

function keep(named: Named, id: string, shape: Json): void {
  const known = named.get(id);
  if (known && JSON.stringify(known) !== JSON.stringify(shape)) throw new Error(`Two shapes are called ${id}.`);
  named.set(id, shape);
}

/** A schema whose references go to the document's components, without zod's ids. */
function referred(value: unknown, called: Map<string, string>): unknown {
  if (Array.isArray(value)) return value.map((member) => referred(member, called));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, member]) => !(key === "id" && typeof member === "string"))
    // Choices that each installation has of its own are for its forms: the document is the same everywhere.
    .filter(([key]) => !("x-choices" in value && ["x-choices", "enum", "default"].includes(key)))
    .map(([key, member]) => [key, key === "$ref" ? refTo(String(member), called) : referred(member, called)]);
  return Object.fromEntries(entries);
}

function refTo(ref: string, called: Map<string, string>): string {
  const id = ref.replace("#/$defs/", "");
  return `#/components/schemas/${called.get(id) ?? id}`;
}

/** The named shapes in alphabetical order. Inputs that are the same as what is answered share its name. */
export function components(named: Named): Record<string, Json> {
  return Object.fromEntries([...named].sort(([one], [other]) => (one < other ? -1 : 1)));
}

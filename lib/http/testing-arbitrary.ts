import fc from "fast-check";

export type Schema = {
  $ref?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
};

/** What means something in a field of this name, which may be a list. */
export type Known = (name: string, list: boolean) => fc.Arbitrary<unknown> | undefined;

export type Sources = { schemas: Record<string, Schema>; known: Known };

const deepest = 6;

/** Values that a schema of the document lets through, as far as the schema can say it. */
export function valid(name: string, schema: Schema, sources: Sources, depth = 0): fc.Arbitrary<unknown> {
  const known = sources.known(name, schema.type === "array");
  if (known) return known;
  if (schema.$ref) return valid(name, sources.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}, sources, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => valid(name, one, sources, depth + 1)));
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => valid(name, { ...schema, type }, sources, depth + 1)));
  }
  if (schema.type === "string") return text(schema);
  if (schema.type === "integer") return fc.integer(bounds(schema));
  if (schema.type === "number") return fc.double({ ...bounds(schema), noNaN: true });
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "array") {
    const { minItems = 0, maxItems = 3 } = schema;
    const lengths = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) };
    return fc.array(valid(name, schema.items ?? {}, sources, depth + 1), lengths);
  }
  if (schema.properties && depth < deepest) return object(schema, sources, depth);
  return schema.type === "object" ? fc.constant({}) : fc.jsonValue({ maxDepth: 2 });
}

/** Objects with all that is required and some of the rest. */
export function object({ properties = {}, required = [] }: Schema, sources: Sources, depth = 0) {
  const model = Object.entries(properties).map(([key, one]) => [key, valid(key, one, sources, depth + 1)] as const);
  const requiredKeys = required.filter((key) => key in properties);
  return fc.record(Object.fromEntries(model), { requiredKeys }) as fc.Arbitrary<Record<string, unknown>>;
}

function bounds({ minimum = -1000, maximum = 1_000_000 }: Schema): { min: number; max: number } {
  return { min: Math.max(minimum, -1_000_000), max: Math.min(Math.max(maximum, minimum), minimum + 1_000_000) };
}

function text({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid({ version: [4, 7] });
  if (format === "date-time") {
    const [min, max] = [new Date("2026-01-01T00:00:00Z"), new Date("2027-12-31T00:00:00Z")];
    return fc.date({ min, max, noInvalidDate: true }).map((at) => at.toISOString());
  }
  if (pattern) {
    try {
      return fc.stringMatching(new RegExp(pattern));
    } catch {
      // A pattern that fast-check can't read: any text is nearly valid.
    }
  }
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)), unit: "grapheme" });
}

/** Texts that have broken programs: none of them has words that an answer is searched for. */
export const hostileTexts = [
  "'; DROP TABLE tenants; --",
  "' OR '1'='1",
  "%' AND 1=(CASE WHEN 1=1 THEN 1 ELSE 2 END)--",
  "$$; DELETE x; $$",
  "{{7*7}}#{7*7}<%= 7*7 %>",
  "<img src=x onerror=alert(1)>",
  "x\r\nSet-Cookie: a=b\r\n\r\n",
  "..\\..\\..\\boot.ini",
  "..%2f..%2f..%2fetc%2fhosts",
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202Egnp.exe",
  "ﷺ".repeat(300),
  "𝒳".repeat(100),
  "A".repeat(20_000),
  "%",
  "_",
  "\\",
  "null",
  "NaN",
  "-0",
  "1e400",
  "9223372036854775808",
  "0x10",
  "٣",
  "infinity",
  "-infinity",
  "epoch",
  "2026-02-30T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "0000-01-01T00:00:00Z",
  "294277-01-01T00:00:00Z",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "",
  " ",
];

/** Values that no field expects. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: fc.constantFrom<unknown>(...hostileTexts), weight: 5 },
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[]], [null], { a: { b: 1 } }],
    ...[
      JSON.parse('{"__proto__":{"isOwner":true}}'),
      { constructor: { prototype: {} } },
      nested(40),
      Array(500).fill("x"),
    ],
  ),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.jsonValue({ maxDepth: 3 }),
);

function nested(levels: number): unknown {
  return levels === 0 ? "x" : { deeper: nested(levels - 1) };
}

/** A valid object in which one thing is wrong: a field is gone, is another's, is too large, or is hostile. */
export function nearly(schema: Schema, sources: Sources): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return hostile.map((value) => ({ unexpected: value }));
  return fc
    .tuple(
      object(schema, sources),
      fc.constantFrom(...names),
      fc.constantFrom("drop", "break", "break", "extra"),
      hostile,
    )
    .map(([value, name, how, wrong]) => {
      if (how === "drop") return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
      return { ...value, [how === "extra" ? `${name}x` : name]: wrong };
    });
}

/** An object all of whose fields are hostile. */
export function broken(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(schema.properties ?? {});
  return fc.record(Object.fromEntries(names.map((name) => [name, hostile])), { requiredKeys: [] });
}

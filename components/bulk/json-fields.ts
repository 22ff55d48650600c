/** A field of an action's form, read from the JSON Schema of its input. */
export type JsonField = {
  name: string;
  label: string;
  description: string | null;
  kind: "text" | "time" | "choice" | "number" | "boolean" | "words" | "json";
  choices: string[];
  /** What is taken where nothing is filled in, as the description says it ("…; the newest unless told"). */
  unlessTold: string | null;
  required: boolean;
  /** Whether it may be left empty, and nothing stands for it then. */
  optional: boolean;
  nullable: boolean;
  whole: boolean;
  min: number | null;
  max: number | null;
  initial: FieldValue;
};

/** What a field holds while it is filled in; null is "none", where that can be said. */
export type FieldValue = string | number | boolean | string[] | null;

type Schema = Record<string, unknown>;

/** The form's fields, in the order in which the action declares them. */
export function jsonFields(schema: Schema): JsonField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(isSchema(schema.properties) ? schema.properties : {}).flatMap(([name, part]) =>
    isSchema(part) ? [fieldOf(name, part, required.includes(name) && part.default === undefined)] : [],
  );
}

/** What was filled in as the action's input: what was left empty is not sent, unless it has to be there. */
export function jsonInput(fields: JsonField[], values: Record<string, FieldValue>): Record<string, unknown> {
  const sent = fields.flatMap((field) => {
    const value = sentValue(field, values[field.name] ?? null);
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(sent);
}

/** An input in words, each part as the form calls it; what is empty is left out. */
export function inputWords(fields: JsonField[], input: Record<string, unknown>): { label: string; words: string }[] {
  return Object.entries(input).flatMap(([name, value]) => {
    const field = fields.find((each) => each.name === name);
    const plain = valueWords(value, field?.nullable ?? false);
    const words = field?.kind === "choice" ? choiceLabel(plain) : plain;
    return words === "" ? [] : [{ label: field?.label ?? spoken(name), words }];
  });
}

function valueWords(value: unknown, nullable: boolean): string {
  if (value === null) return nullable ? "none" : "";
  if (Array.isArray(value)) return value.map((each) => valueWords(each, false)).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isSchema(value))
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${valueWords(part, true)}`)
      .join(", ");
  return value === undefined ? "" : String(value);
}

/** A choice as people read it: a word with a capital; a name, such as a migration's, as it is. */
export function choiceLabel(value: string): string {
  return /^[a-z][a-z -]*$/.test(value) ? value.charAt(0).toUpperCase() + value.slice(1) : value;
}

function sentValue({ kind, nullable, required }: JsonField, value: FieldValue): unknown {
  if (value === null) return nullable ? null : undefined;
  if (kind === "json" && typeof value === "string") return parsed(value);
  if (value === "" && (kind === "number" || kind === "choice" || !required)) return undefined;
  return value;
}

// What is no JSON is sent as it was typed: the operation's own words say what is wrong with it.
function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function fieldOf(name: string, part: Schema, required: boolean): JsonField {
  const branches = [part.anyOf, part.oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isSchema) : []));
  const types = [part.type].flat();
  const nullable = types.includes("null") || branches.some(({ type }) => type === "null");
  const real = branches.filter(({ type }) => type !== "null");
  const own: Schema = real.length === 1 ? { ...real[0], ...part } : part;
  const type = [own.type, real.length === 1 ? real[0]?.type : undefined].flat().find((each) => each !== "null" && each);
  const choices = Array.isArray(own.enum) ? own.enum.filter((each) => typeof each === "string") : [];
  const kind = kindOf(type, choices, own, real.length > 1);
  return {
    name,
    label: typeof own.title === "string" ? own.title : spoken(name),
    description: typeof own.description === "string" ? sentence(own.description) : null,
    kind,
    choices,
    unlessTold: unlessTold(own.description),
    required,
    optional: !required && own.default === undefined,
    nullable,
    whole: type === "integer",
    min: bound(own.minimum),
    max: bound(own.maximum),
    initial: initialOf(kind, own.default),
  };
}

function kindOf(type: unknown, choices: string[], own: Schema, several: boolean): JsonField["kind"] {
  if (several) return "json";
  if (choices.length > 0) return "choice";
  if (type === "string") return own.format === "date-time" ? "time" : "text";
  if (type === "boolean") return "boolean";
  if (type === "number" || type === "integer") return "number";
  return type === "array" && isSchema(own.items) && own.items.type === "string" ? "words" : "json";
}

function initialOf(kind: JsonField["kind"], given: unknown): FieldValue {
  if (kind === "json") return given === undefined ? "" : JSON.stringify(given, null, 2);
  if (Array.isArray(given)) return given.map(String);
  if (typeof given === "string" || typeof given === "number" || typeof given === "boolean") return given;
  return kind === "boolean" ? false : kind === "words" ? [] : "";
}

// zod writes the largest safe integer where there is no bound.
function bound(value: unknown): number | null {
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
}

function unlessTold(description: unknown): string | null {
  const found = typeof description === "string" ? /([^;:.,]+) unless told/.exec(description)?.[1]?.trim() : undefined;
  return found === undefined ? null : found.charAt(0).toUpperCase() + found.slice(1);
}

function sentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function spoken(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

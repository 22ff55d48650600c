import { ownPeriod } from "@/components/analytics/search-period";
import { type Period, periodNames } from "@/lib/history/shapes";
import type { KindView } from "@/lib/reports/shapes";

/** What a filter of a kind's input is, read from the JSON Schema of that input. */
export type Filter = {
  name: string;
  label: string;
  description: string | null;
  /** `tenant` and `server` are ids that people choose by name. */
  kind: "tenant" | "server" | "many" | "one" | "words" | "text";
  choices: string[];
  required: boolean;
};

/** What somebody chose for a report: its period, columns and filters. */
export type Choice = {
  /** "own" stands for `from` and `to`. */
  range: Period | "own";
  from: string;
  to: string;
  tz: string;
  filters: Record<string, string | string[]>;
  /** The columns in their order; null: all. */
  columns: string[] | null;
  /** What a screen gave that has no field here, such as several tenants: it stays as it is. */
  kept: Record<string, unknown>;
};

type Schema = Record<string, unknown>;

/** What has a place of its own in the form. */
const placed = new Set(["range", "from", "to", "tz", "columns"]);

/** What has no field: only a screen gives it. */
const unasked = new Set(["granularity", "width", "sort", "order", "limit"]);

/** The filters that a kind takes, in the order in which it declares them. */
export function filtersOf({ input }: Pick<KindView, "input">): Filter[] {
  const required = Array.isArray(input.required) ? input.required : [];
  return Object.entries(propertiesOf(input)).flatMap(([name, part]) => {
    const kind = placed.has(name) || unasked.has(name) ? undefined : kindOf(name, part);
    if (kind === undefined) return [];
    const description = typeof part.description === "string" ? sentence(part.description) : null;
    const choices = wordsIn(part.enum ?? (isSchema(part.items) ? part.items.enum : undefined));
    return [
      {
        name,
        label: kind === "tenant" ? "Tenant" : spoken(name),
        description,
        kind,
        choices,
        required: required.includes(name),
      },
    ];
  });
}

/** The periods that end now which a kind knows, shortest first. */
export function rangesOf({ input }: Pick<KindView, "input">): Period[] {
  const known = wordsIn(propertiesOf(input).range?.enum);
  return periodNames.filter((name) => known.includes(name));
}

/** Whether a kind is told a time zone. */
export function hasZone({ input }: Pick<KindView, "input">): boolean {
  return "tz" in propertiesOf(input);
}

/** What an input of a kind says, as the form has it; what it leaves open is as the kind has it, in the browser's zone. */
export function choiceOf(kind: KindView, input: Readonly<Record<string, unknown>>, zone: string): Choice {
  const defaults = propertiesOf(kind.input);
  const text = (name: string) => (typeof input[name] === "string" ? input[name] : "");
  const range = [input.range, defaults.range?.default].find((one) => rangesOf(kind).some((name) => name === one));
  const shown = new Set(filtersOf(kind).map(({ name }) => name));
  const filters = filtersOf(kind).map(({ name, kind: type }) => {
    const given = input[name];
    const list = type === "many" || type === "words";
    return [name, list ? wordsIn(given) : given === undefined || given === null ? "" : String(given)] as const;
  });
  return {
    range: text("from") !== "" ? "own" : ((range as Period | undefined) ?? "24h"),
    from: text("from"),
    to: text("to"),
    tz: text("tz") || zone,
    filters: Object.fromEntries(filters),
    columns: Array.isArray(input.columns) && input.columns.length > 0 ? wordsIn(input.columns) : null,
    kept: Object.fromEntries(
      Object.entries(input).filter(([name]) => name in defaults && !placed.has(name) && !shown.has(name)),
    ),
  };
}

/** What was chosen as a kind's input: what was left open is not sent. `withPeriod` is false where a schedule sets it. */
export function inputOf(kind: KindView, choice: Choice, withPeriod = true): Record<string, unknown> {
  const { range, from, to, tz, columns } = choice;
  const filters = filtersOf(kind).flatMap(({ name }) => {
    const value = choice.filters[name] ?? "";
    return value.length === 0 ? [] : [[name, typeof value === "string" ? value.trim() : value] as const];
  });
  const period = range === "own" ? ownPeriod({ from: from || null, to: to || null }) : { range };
  return {
    ...choice.kept,
    ...Object.fromEntries(filters),
    ...(kind.period && withPeriod && period),
    ...(hasZone(kind) && { tz }),
    ...(kind.columns.length > 0 && columns !== null && { columns }),
  };
}

/** A screen's input without what a kind does not take, such as a page's number or a chart's width. */
export function takenBy({ input: shape }: Pick<KindView, "input">, input: Readonly<Record<string, unknown>>) {
  const taken = propertiesOf(shape);
  return Object.fromEntries(Object.entries(input).filter(([name, value]) => name in taken && value !== undefined));
}

/** What is wrong with what was chosen, under the names that the API would use. */
export function choiceErrors(kind: KindView, { filters, range, from, to, columns }: Choice): Record<string, string> {
  const missing = filtersOf(kind).filter(({ name, required }) => required && (filters[name] ?? "").length === 0);
  const none = kind.columns.length > 0 && columns?.length === 0;
  const unfinished = kind.period && range === "own" && from === "";
  const backwards = range === "own" && from !== "" && to !== "" && from >= to;
  return {
    ...Object.fromEntries(missing.map(({ name, label }) => [`input.${name}`, `Choose a ${label.toLowerCase()}.`])),
    ...(unfinished && { "input.from": "Say from when." }),
    ...(backwards && { "input.to": "The end must be later than the begin." }),
    ...(none && { "input.columns": "Choose at least one column." }),
  };
}

function kindOf(name: string, { type, enum: choices, items }: Schema): Filter["kind"] | undefined {
  if (type === "string" && (name === "tenant" || name === "id")) return "tenant";
  if (type === "string" && name === "server") return "server";
  if (
    type === "array" &&
    isSchema(items) &&
    items.format !== "uuid" &&
    (items.type === "string" || Array.isArray(items.enum))
  )
    return Array.isArray(items.enum) ? "many" : "words";
  if (Array.isArray(choices)) return "one";
  return type === "string" ? "text" : undefined;
}

function propertiesOf({ properties }: Schema): Record<string, Schema> {
  const parts = isSchema(properties) ? Object.entries(properties) : [];
  return Object.fromEntries(parts.filter((part): part is [string, Schema] => isSchema(part[1])));
}

function wordsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A name of an input as people read it: `createdAt` is "Created at". */
export function spoken(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

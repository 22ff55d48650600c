import type { Operations } from "@/lib/sdk/generated";
import { choices, each, type Given, list, text } from "./command";
import { Misused } from "./failure";
import { momentIn } from "./moments";
import { tenantStatuses } from "./tenant-statuses";

export type Kind = Operations["reports.kinds"]["output"]["kinds"][number];

/** The options that say what a report is about; which of them a report takes, `reports kinds` tells. */
export const about = {
  range: text("the period up to now: 1h, 6h, 24h, 7d, 30d, 90d or 1y", "period"),
  from: text("the first moment of a period of your own", "time"),
  to: text("the first moment that is left out", "time"),
  tz: text("the time zone in which days begin, such as Europe/Vienna", "zone"),
  columns: list("of a table: only these columns, in this order", "column"),
  search: text("part of a tenant's name, slug or domain"),
  status: choices("only tenants with these statuses", tenantStatuses),
  plan: list("only tenants with these plans", "plan"),
  region: list("only tenants in these regions", "region"),
  tag: list("only tenants with these tags", "tag"),
  with: each("any other part of the input, as name=value; again for a list", "name=value"),
};

/** A report's input from what was given. Throws `Misused` for a name that the report has no input of. */
export function inputOf(kind: Kind, { with: others = [], from, to, ...given }: Given<typeof about>) {
  const texts = new Map<string, string[]>();
  const add = (name: string, value: string) => texts.set(name, [...(texts.get(name) ?? []), value]);
  for (const [name, value] of Object.entries({ ...given, from: momentIn(from), to: momentIn(to) }))
    for (const one of value === undefined ? [] : [value].flat()) add(name, one);
  for (const other of others) {
    const at = other.indexOf("=");
    if (at < 1) throw new Misused(`--with takes name=value, not ${other}.`);
    add(other.slice(0, at), other.slice(at + 1));
  }
  return Object.fromEntries([...texts].map(([name, values]) => [name, readValue(kind, name, values)]));
}

function readValue(kind: Kind, name: string, values: string[]): unknown {
  const properties = kind.input.properties as Record<string, { type?: string }> | undefined;
  const shape = properties?.[name];
  if (!shape) {
    const names = Object.keys(properties ?? {}).join(", ") || "nothing";
    throw new Misused(`The report ${kind.name} takes no ${name}. It takes: ${names}.`);
  }
  if (shape.type === "array") return values;
  const [value = "", ...more] = values;
  if (more.length > 0) throw new Misused(`The report ${kind.name} takes one ${name}.`);
  if (shape.type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  const isNumber = (shape.type === "integer" || shape.type === "number") && /^-?\d+(\.\d+)?$/.test(value);
  return isNumber ? Number(value) : value;
}

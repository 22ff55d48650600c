import type { SchemaElement } from "hyparquet-writer";
import { columnOf, metricNames, metrics } from "@/lib/kernel/metrics";

/** Of what form the files are: it grows when a column changes its meaning or goes; one more column leaves it. */
export const schemaVersion = "1";

type Type = Omit<SchemaElement, "name">;

const text: Type = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
const time: Type = { type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" } };

const required = (name: string, type: Type): SchemaElement => ({ ...type, name, repetition_type: "REQUIRED" });
const nullable = (name: string, type: Type): SchemaElement => ({ ...type, name, repetition_type: "OPTIONAL" });

/** The columns of usage before those of the metrics. */
export const leading = ["time", "level", "slug", "name", "plan", "region", "server", "sources"] as const;

/** What there is of each metric, as the ends of its columns' names. */
export const figureTypes = {
  mean: { type: "DOUBLE" },
  min: { type: "FLOAT" },
  max: { type: "FLOAT" },
  last: { type: "FLOAT" },
  known_ms: { type: "INT32" },
} as const satisfies Record<string, Type>;
export type Figure = keyof typeof figureTypes;
export const figures = Object.keys(figureTypes) as Figure[];

/** usage.parquet: a row a minute or hour of a tenant. */
export const usageSchema: SchemaElement[] = rooted("usage", [
  required("time", time),
  required("level", text),
  ...["slug", "name", "plan", "region", "server"].map((name) => nullable(name, text)),
  required("sources", text),
  ...metricNames.flatMap((metric) =>
    figures.map((figure) => nullable(`${columnOf(metric)}_${figure}`, figureTypes[figure])),
  ),
]);

/** tenants.parquet: a row a tenant, also of those that are deleted. */
export const tenantsSchema: SchemaElement[] = rooted("tenants", [
  ...["id", "slug", "name", "plan", "region", "server"].map((name) => required(name, text)),
  {
    name: "tags",
    repetition_type: "REQUIRED",
    num_children: 1,
    converted_type: "LIST",
    logical_type: { type: "LIST" },
  },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  required("element", text),
  required("status", text),
  required("created", time),
  nullable("deleted", time),
]);

/** The units of the figures by their columns, as the files' metadata says them. */
export const units = Object.fromEntries(metricNames.map((metric) => [columnOf(metric), metrics[metric].unit]));

function rooted(name: string, columns: SchemaElement[]): SchemaElement[] {
  const inside = columns.reduce((sum, { num_children }) => sum + (num_children ?? 0), 0);
  return [{ name, num_children: columns.length - inside }, ...columns];
}

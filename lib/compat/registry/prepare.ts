import { slug as slugShape } from "@/lib/kernel/naming";
import { type ImportRow, type LeftReason, mostDomainsTaken } from "../contract";
import { suggestSlug } from "../rules";
import type { Gathered } from "./gather";
import { type Json, objectIn, settingsOf } from "./settings";

export type PrepareOptions = {
  /** How databases are named whose row does not say it: prefix, id, suffix. */
  databasePrefix?: string | undefined;
  databaseSuffix?: string | undefined;
  /** What connections are to, by their names: { tenant_template: "pgsql" }. */
  connections?: Record<string, string> | undefined;
  /** What statuses mean, by the other registry's word: { trialing: "active" }. */
  statuses?: Record<string, string> | undefined;
  /** Slugs chosen by a person, by the other registry's ids. */
  slugs?: Record<string, string> | undefined;
};

/** A row that can't even be sent. */
export type Unreadable = { key: string; name: string; database: string | null; reason: LeftReason; words: string };

export type Prepared = { rows: ImportRow[]; left: Unreadable[] };

/** Makes of another registry's rows what `registry.import` takes: both of stancl's form and of artflow's. */
export function prepare(all: readonly Gathered[], options: PrepareOptions = {}): Prepared {
  const prepared: Prepared = { rows: [], left: [] };
  const slugs = new Set<string>();
  for (const one of all) {
    const row = rowOf(one, options);
    const words = unsendable(row, one.row.damaged);
    if (words) {
      prepared.left.push({ key: row.key || "?", name: row.name, database: row.database, reason: "unreadable", words });
      continue;
    }
    // Two tenants of one dump would be told of each other only when the first is here: they are told apart before.
    if (slugs.has(row.slug) && !options.slugs?.[row.key]) row.slug = suggestSlug(row, slugs) ?? row.slug;
    slugs.add(row.slug);
    prepared.rows.push(row);
  }
  return prepared;
}

function rowOf({ row, domains }: Gathered, options: PrepareOptions): ImportRow {
  const { values } = row;
  const data = objectIn(values.data);
  const told = (...names: string[]) => firstText(names.map((name) => values[name] ?? textIn(data[name])));
  const key = values.id ?? "";
  const connection = told("tenancy_db_connection", "_tenancy_db_connection");
  const status = told("status");
  const name = told("name", "company_name", "company", "title");
  const domain = domains[0]?.domain ?? null;
  return {
    key,
    name: name ?? domain ?? key,
    slug: options.slugs?.[key] ?? slugFor(key, domain, name),
    database: told("tenancy_db_name", "_tenancy_db_name", "database", "database_name") ?? byPattern(key, options),
    driver: connection === null ? null : (options.connections?.[connection] ?? connection),
    status: status === null ? null : (options.statuses?.[status] ?? status),
    plan: told("plan"),
    domains: domains
      .slice(0, mostDomainsTaken)
      .map((one) => ({ domain: one.domain, createdAt: timeOf(one.createdAt) })),
    createdAt: timeOf(values.created_at ?? null),
    settings: settingsOf(data, objectIn(values.settings)),
  };
}

const textIn = (value: Json | undefined) =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : null;

const firstText = (values: (string | null)[]) => values.find((one) => one !== null && one.trim() !== "") ?? null;

function byPattern(key: string, { databasePrefix, databaseSuffix }: PrepareOptions): string | null {
  if (databasePrefix === undefined && databaseSuffix === undefined) return null;
  return `${databasePrefix ?? ""}${key}${databaseSuffix ?? ""}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** An id that people chose, else the first part of the domain, else the name: the first that is a slug. */
function slugFor(key: string, domain: string | null, name: string | null): string {
  const label = domain?.split(".")[0] ?? "";
  const wanted = [uuid.test(key) ? "" : key, label === "www" ? "" : label].map((one) => one.toLowerCase());
  const fitting = wanted.find((one) => slugShape.safeParse(one).success);
  if (fitting) return fitting;
  return suggestSlug({ slug: "", name: name ?? label, database: null, key }, new Set()) ?? key;
}

/** MySQL's times have no zone: its dumps have them in UTC. */
function timeOf(text: string | null): string | null {
  const [, day, clock, zone] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(text ?? "") ?? [];
  if (!day || !clock) return null;
  const offset = zone === undefined || zone === "Z" ? "Z" : zone.length === 3 ? `${zone}:00` : zone;
  const time = new Date(`${day}T${clock}${offset}`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

const limits = { key: 255, name: 1000, slug: 255, database: 255, driver: 100, status: 50, plan: 100 } as const;

/** Why a row can't be sent. */
function unsendable(row: ImportRow, damaged: readonly string[]): string | undefined {
  const needed = damaged.filter((column) =>
    ["id", "data", "name", "database", "database_name", "status"].includes(column),
  );
  if (needed.length > 0)
    return `Its ${needed.join(" and ")} can't be read: no UTF-8, or an expression. Correct it and make the dump anew.`;
  if (row.key === "") return "Its row has no id.";
  for (const [name, most] of Object.entries(limits)) {
    const text = row[name as keyof typeof limits] ?? "";
    if (text.length > most) return `Its ${name} has more than ${most} characters.`;
    if (/[\0\p{Cs}]/u.test(text)) return `Its ${name} has characters that are not text.`;
  }
  return undefined;
}

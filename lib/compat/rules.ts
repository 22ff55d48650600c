import { canonicalDomain, displayName, proposeSlug, slug as slugShape } from "@/lib/kernel/naming";
import type { SettableStatus } from "@/lib/tenants/shapes";
import type { ImportRow, LeftReason } from "./contract";

/** A tenant here that has one of the databases. `key`: its id in the registry from which it was imported. */
export type Present = { id: string; slug: string; key: string | null };

/** What the plan of an import depends on. Sets grow as rows are decided, so that no two rows get the same. */
export type World = {
  adoptable: ReadonlySet<string>;
  present: ReadonlyMap<string, Present>;
  slugs: Set<string>;
  keys: Set<string>;
  databases: Set<string>;
  suggested: boolean;
};

export type Decision =
  | {
      outcome: "adopt";
      name: string;
      slug: string;
      database: string;
      status: SettableStatus;
      suggestedSlug: string | null;
    }
  | { outcome: "already"; tenant: Present; status: SettableStatus }
  | { outcome: "left"; reason: LeftReason; words: string; suggestedSlug: string | null };

/** Other registries' words for the statuses that a person may choose here. */
export const statusWords: Record<SettableStatus, readonly string[]> = {
  active: ["active", "enabled", "live", "1", "true"],
  inactive: ["inactive", "disabled", "pending", "draft", "0", "false"],
  suspended: ["suspended", "paused", "on_hold"],
  blocked: ["blocked", "banned", "locked"],
};

/** The status here for another registry's word; no word means active, an unknown one is undefined. */
export function statusFor(word: string | null): SettableStatus | undefined {
  const wanted = word?.trim().toLowerCase() ?? "";
  if (wanted === "") return "active";
  const found = Object.entries(statusWords).find(([, words]) => words.includes(wanted));
  return found?.[0] as SettableStatus | undefined;
}

const postgresNames = ["pgsql", "postgres", "postgresql", "pg"];
const otherEngines = ["mysql", "mariadb", "sqlite", "sqlsrv", "sqlserver", "oracle", "mongodb", "singlestore"];

/** Whether a connection's driver is told to be something else than PostgreSQL. */
export function isOtherEngine(driver: string | null): boolean {
  const name = driver?.toLowerCase() ?? "";
  return (
    !postgresNames.includes(name) && otherEngines.some((engine) => name === engine || name.startsWith(`${engine}_`))
  );
}

/** What becomes of one row, in the order in which rows come. */
export function decide(row: ImportRow, world: World): Decision {
  const { key, database, driver } = row;
  if (world.keys.has(key)) return left("duplicate", "Another row has the same id.");
  world.keys.add(key);
  if (database === null) {
    return left("no_database", "Its row names no database. Say how they are named, such as the prefix tenant.");
  }
  const present = world.present.get(database);
  const status = statusFor(row.status);
  if (present && present.key === key && status) return { outcome: "already", tenant: present, status };
  if (isOtherEngine(driver)) {
    return left(
      "not_postgresql",
      `Its connection is to ${driver}. Move the database to PostgreSQL first, such as with pgloader.`,
    );
  }
  if (present) return left("database_taken", `The tenant ${present.slug} has the database ${database} already.`);
  if (world.databases.has(database)) return left("duplicate", `Another row has the same database, ${database}.`);
  if (!world.adoptable.has(database)) {
    const words = `There is no database ${database} on this server that could be adopted. If it is MySQL's, move it to PostgreSQL first.`;
    return left("not_found", words);
  }
  if (!status)
    return left("unknown_status", `Its status is ${row.status}, which has no counterpart here. Say what it means.`);
  return placed(row, database, status, world);
}

function placed(row: ImportRow, database: string, status: SettableStatus, world: World): Decision {
  const name = displayName.safeParse(row.name);
  if (!name.success) return left("invalid_name", `Its name can't be taken over: ${first(name.error.issues)}`);
  const slug = slugShape.safeParse(row.slug);
  const taken = slug.success && world.slugs.has(slug.data);
  const suggestedSlug = slug.success && !taken ? null : suggestSlug(row, world.slugs);
  const chosen = suggestedSlug === null && slug.success ? slug.data : world.suggested ? suggestedSlug : null;
  if (chosen === null) {
    const why = slug.success
      ? `The slug ${slug.data} is taken.`
      : `"${row.slug}" is no slug: ${first(slug.error.issues)}`;
    return left(
      slug.success ? "slug_taken" : "invalid_slug",
      `${why} ${suggestedSlug ?? "Nothing"} would do.`,
      suggestedSlug,
    );
  }
  world.slugs.add(chosen);
  world.databases.add(database);
  return { outcome: "adopt", name: name.data, slug: chosen, database, status, suggestedSlug };
}

const first = (issues: readonly { message: string }[]) => issues[0]?.message ?? "it is not valid.";

function left(reason: LeftReason, words: string, suggestedSlug: string | null = null): Decision {
  return { outcome: "left", reason, words, suggestedSlug };
}

/** A free, valid slug for a row: made from what it was to have, else from its name, its database or its id. */
export function suggestSlug(
  row: Pick<ImportRow, "slug" | "name" | "database" | "key">,
  taken: ReadonlySet<string>,
): string | null {
  const bases = [row.slug, row.name, row.database ?? "", `tenant-${row.key}`, "tenant"].map(proposeSlug);
  for (const base of bases.filter((one) => one.length > 1 || one === "tenant")) {
    for (const slug of [base, `${base}-tenant`, ...numbered(base)]) {
      if (slugShape.safeParse(slug).success && !taken.has(slug)) return slug;
    }
  }
  return null;
}

function numbered(base: string): string[] {
  const stem = base.slice(0, 34).replace(/-+$/, "");
  return Array.from({ length: 998 }, (_, index) => `${stem}-${index + 2}`);
}

/** A domain as it is to be here: one without a dot stands below the central domain, where one is told. */
export function hostOf(domain: string, centralDomain: string | null): string {
  const plain = domain
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/[/:].*$/, "");
  return plain.includes(".") || centralDomain === null
    ? plain
    : `${plain}.${canonicalDomain(centralDomain) ?? centralDomain}`;
}

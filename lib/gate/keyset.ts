import { cursorAt, type Place, type PlaceKind, type PlaceShape, placeAt } from "@/lib/kernel/page";
import { Prisma } from "@/lib/platform/prisma";

/** One of the values that a list is sorted by; unknown ones come last in both orders. */
export type SortKey = { of: Prisma.Sql; kind: PlaceKind; order?: "asc" | "desc"; nullable?: boolean };

/** A row with the place at which it stands, as `place` selects it. */
export type Placed<Row> = Row & { place: Place };

/** A list in pages that are found by the last row of the page before, so that what comes and goes moves nothing. */
export type Keyset = {
  /** What each row has to select, as the column `place`. */
  place: Prisma.Sql;
  order: Prisma.Sql;
  /** The condition for rows after a cursor; all rows without one. Throws `invalid` for a cursor of something else. */
  after(cursor: string | undefined): Prisma.Sql;
  /** Of one row more than asked for: the page, and the cursor of the next one, if there is more. */
  page<Row>(rows: Placed<Row>[], limit: number): { rows: Placed<Row>[]; next: string | null };
};

/**
 * How a list is read in pages. `list` names it with its order: a cursor belongs to that. The last key has to be unique,
 * or rows with equal values would be lost between pages.
 */
export function keyset(list: string, keys: readonly SortKey[]): Keyset {
  const shape: PlaceShape = keys.map(({ kind, nullable }) => ({ kind, nullable }));
  return {
    place: Prisma.sql`json_build_array(${Prisma.join(keys.map(selected))}) AS place`,
    order: Prisma.join(keys.map(ordered)),
    after: (cursor) => (cursor === undefined ? Prisma.sql`true` : beyond(keys, placeAt(list, shape, cursor))),
    page: (rows, limit) => {
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { rows: page, next: rows.length > limit && last ? cursorAt(list, last.place) : null };
    },
  };
}

/** Stored rows in the order of a page that names them. */
export function inOrder<Id extends string | bigint, Row extends { id: Id }>(
  page: readonly { id: Id }[],
  rows: readonly Row[],
): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return page.flatMap(({ id }) => byId.get(id) ?? []);
}

function selected({ of, kind }: SortKey): Prisma.Sql {
  if (kind === "time") return Prisma.sql`to_char(${of} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  return kind === "id" ? Prisma.sql`(${of})::text` : of;
}

function ordered({ of, order, nullable }: SortKey): Prisma.Sql {
  const direction = order === "desc" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return nullable ? Prisma.sql`${of} ${direction} NULLS LAST` : Prisma.sql`${of} ${direction}`;
}

function beyond(keys: readonly SortKey[], place: Place): Prisma.Sql {
  const [first] = keys;
  const alike = keys.every(({ order, nullable }) => !nullable && (order ?? "asc") === (first?.order ?? "asc"));
  if (alike) return asRow(keys, place);
  const ways = keys.map((key, index) => {
    const equal = keys.slice(0, index).map((before, at) => same(before, place[at] ?? null));
    return Prisma.sql`(${Prisma.join([...equal, later(key, place[index] ?? null)], " AND ")})`;
  });
  return Prisma.sql`(${Prisma.join(ways, " OR ")})`;
}

/** One comparison, which an index over these columns answers. */
function asRow(keys: readonly SortKey[], place: Place): Prisma.Sql {
  const columns = Prisma.join(keys.map(({ of }) => of));
  const values = Prisma.join(keys.map((key, index) => typed(key, place[index] ?? null)));
  return Prisma.sql`(${columns}) ${keys[0]?.order === "desc" ? Prisma.sql`<` : Prisma.sql`>`} (${values})`;
}

function same(key: SortKey, value: Place[number]): Prisma.Sql {
  return value === null ? Prisma.sql`${key.of} IS NULL` : Prisma.sql`${key.of} = ${typed(key, value)}`;
}

function later(key: SortKey, value: Place[number]): Prisma.Sql {
  if (value === null) return Prisma.sql`false`;
  const than = key.order === "desc" ? Prisma.sql`<` : Prisma.sql`>`;
  const known = Prisma.sql`${key.of} ${than} ${typed(key, value)}`;
  return key.nullable ? Prisma.sql`(${known} OR ${key.of} IS NULL)` : known;
}

const types: Record<PlaceKind, Prisma.Sql> = {
  text: Prisma.sql`text`,
  number: Prisma.sql`double precision`,
  time: Prisma.sql`timestamptz`,
  uuid: Prisma.sql`uuid`,
  id: Prisma.sql`bigint`,
};

function typed({ kind }: SortKey, value: Place[number]): Prisma.Sql {
  return Prisma.sql`${value === null ? null : String(value)}::text::${types[kind]}`;
}

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb, Prisma } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { keyset, type Placed, type SortKey } from "./keyset";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
  await control.sql(
    "CREATE TABLE keyset_things (id bigint PRIMARY KEY, name text NOT NULL, figure double precision, at timestamptz NOT NULL)",
  );
});
afterAll(() => control.close());

type Thing = { id: number; name: string; figure: number | null; at: number };

/** Few different values, so that many rows are equal in all but their id. */
const thing = fc.record({
  name: fc.constantFrom("a", "B", "b", "ä", "", "z z", "日本"),
  figure: fc.constantFrom(null, null, 0, 0.1, 0.30000000000000004, -5, 1e300),
  at: fc.constantFrom(0, 1, 1_000_000, 1_000_001),
});
const things = fc.array(thing, { maxLength: 30 }).map((list) => list.map((one, id) => ({ ...one, id: id + 1 })));

const order = fc.constantFrom("asc" as const, "desc" as const);
const keys = fc.record({ by: fc.constantFrom("name", "figure", "at"), order, idOrder: order });
const kinds = { name: "text", figure: "number", at: "time" } as const;

function sorted({ by, order, idOrder }: { by: string; order: "asc" | "desc"; idOrder: "asc" | "desc" }) {
  const first: SortKey = {
    of: Prisma.raw(`t.${by}`),
    kind: kinds[by as keyof typeof kinds],
    order,
    nullable: by === "figure",
  };
  return keyset(`things ${by} ${order} ${idOrder}`, [first, { of: Prisma.raw("t.id"), kind: "id", order: idOrder }]);
}

async function refill(list: Thing[]): Promise<void> {
  await control.sql("TRUNCATE keyset_things");
  for (const { id, name, figure, at } of list) await add(id, { name, figure, at });
}

const add = (id: number, { name, figure, at }: Omit<Thing, "id">) =>
  control.sql("INSERT INTO keyset_things VALUES ($1, $2, $3, to_timestamp(0) + $4 * interval '1 microsecond')", [
    id,
    name,
    figure,
    at,
  ]);

async function pageOf(list: ReturnType<typeof sorted>, cursor: string | undefined, limit: number) {
  const rows = await controlDb().$queryRaw<Placed<{ id: bigint }>[]>`
    SELECT t.id, ${list.place} FROM keyset_things t WHERE ${list.after(cursor)} ORDER BY ${list.order} LIMIT ${limit + 1}`;
  const { rows: page, next } = list.page(rows, limit);
  return { ids: page.map(({ id }) => Number(id)), next };
}

/** Every id of all pages; `between` runs after each. */
async function walk(list: ReturnType<typeof sorted>, limit: number, between = async (_: number) => {}) {
  const ids: number[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 200; pages++) {
    const page = await pageOf(list, cursor, limit);
    ids.push(...page.ids);
    if (page.next === null) return ids;
    cursor = page.next;
    await between(pages);
  }
  throw new Error("The pages have no end.");
}

test("all pages together are the whole list in order, each row once, equal and unknown values too", async () => {
  await fc.assert(
    fc.asyncProperty(things, keys, fc.integer({ min: 1, max: 7 }), async (list, how, limit) => {
      await refill(list);
      const whole = await pageOf(sorted(how), undefined, 1000);
      expect(whole.next).toBeNull();
      expect(whole.ids.toSorted((one, other) => one - other)).toEqual(list.map(({ id }) => id));
      expect(await walk(sorted(how), limit)).toEqual(whole.ids);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("what is there all the time is read once, whatever comes and goes meanwhile", async () => {
  const changes = fc.array(fc.record({ gone: fc.nat(29), come: thing }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(things, keys, fc.integer({ min: 1, max: 4 }), changes, async (list, how, limit, moves) => {
      await refill(list);
      const removed = new Set<number>();
      const ids = await walk(sorted(how), limit, async (pages) => {
        const move = moves[pages];
        if (!move) return;
        removed.add(move.gone + 1);
        await control.sql("DELETE FROM keyset_things WHERE id = $1", [move.gone + 1]);
        await add(1000 + pages, move.come);
      });
      const old = ids.filter((id) => id < 1000);
      expect(new Set(ids).size).toBe(ids.length);
      const stayed = list.map(({ id }) => id).filter((id) => !removed.has(id));
      expect(old.filter((id) => !removed.has(id)).toSorted((one, other) => one - other)).toEqual(stayed);
    }),
    { numRuns: 25 },
  );
}, 120_000);

import { expect, test } from "vitest";
import { anomalies } from "./events";

const tenant = { id: "01980f3e-0000-7000-8000-000000000000", slug: "a", name: "A", status: "active", plan: "free" };
const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

const found = (many: number, total = many) =>
  ({
    anomalies: Array.from({ length: many }, (_, n) => ({
      ...{ id: `${n}`, tenant, metric: "cpu", from: at(n), to: at(n + 1), direction: "high" },
      ...{ peak: n, expected: 1, score: n % 7 === 0 ? 1 : 100 },
    })),
    total,
    open: 0,
    watch: { usual: 1, tenants: 1, until: null, possible: null },
  }) as unknown as NonNullable<Parameters<typeof anomalies>[0]>;

function tableOf(given: ReturnType<typeof found>) {
  const table = anomalies(given, "UTC")[0]?.blocks.find(({ kind }) => kind === "table");
  if (table?.kind !== "table") throw new Error("there is no table");
  return table;
}

test("of many anomalies those are listed that were farthest from usual, in their order, and how many there were", () => {
  const { rows, note } = tableOf(found(28));
  expect(rows).toHaveLength(25);
  // 28 with four near to usual: three of these are left out, the last of equals.
  expect(rows.map(([from]) => String(from)).at(0)).toContain("1 Jan 2026, 00:00");
  expect(rows.map(([from]) => String(from)).join()).not.toContain("1 Jan 2026, 07:00");
  expect(note).toBe("These are the 25 that were farthest from usual, of 28.");
  expect(tableOf(found(30, 400)).note).toBe("These are the 25 that were farthest from usual, of the newest 30 of 400.");
  expect(tableOf(found(3)).note).toBe("");
});

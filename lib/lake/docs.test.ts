import { readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { columnOf, metricNames } from "@/lib/kernel/metrics";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { figures, leading, tenantsSchema } from "./columns";
import { keepLake } from "./keep-lake";
import { daysAgo, dayText, duck, fillDays, makeRows, newFolder } from "./testing-lake";

let control: TestControl;
let ids: string[];
const folder = newFolder();
const page = readFileSync("docs/lake.md", "utf8");
const day = dayText(daysAgo(1));

beforeAll(async () => {
  control = await testControl();
  ids = await makeRows(control, { one: "One", two: "Two" });
  await fillDays(control, daysAgo(2), 2, ids);
  await keepLake({ folder, level: "minute" }, () => new Date(), new AbortController().signal);
}, 60_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await control?.close();
});

/** The page's examples of SQL, about this test's folder, day and tenant. */
function examples(): string[] {
  return [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = ""]) =>
    sql
      .replaceAll("/srv/lake", folder)
      .replaceAll("2026-11-21", day)
      .replaceAll("0193a1d2-7c1e-7000-8000-5f0e6b1c9a44", ids[0] ?? ""),
  );
}

test("every example of the page gives what the database has", async () => {
  const [views = "", byPlan, ofTenant, hours, known, byTag, ...rest] = await Promise.all(examples());
  expect(rest).toEqual([]);
  const ask = async (sql = "") => await duck(sql, views);
  const { rows: days } = await control.sql(
    `SELECT (at AT TIME ZONE 'UTC')::date::text AS day, sum(cpu_sum) / sum(cpu_ms) AS cpu, max(cpu_max) AS most
       FROM tenant_usage_minutes GROUP BY 1 ORDER BY 1`,
  );
  const found = await ask(byPlan);
  expect(found.map((row) => [String(row.day).slice(0, 10), row.plan, row.most])).toEqual(
    days.map((row) => [row.day, "growth", row.most]),
  );
  found.forEach((row, index) => {
    expect(row.cpu).toBeCloseTo(days[index]?.cpu, 9);
  });

  const { rows: minutes } = await control.sql(
    `SELECT at AS time, cpu_sum / cpu_ms AS cpu_mean, storage_last FROM tenant_usage_minutes
      WHERE tenant_id = $1 AND at >= $2 ORDER BY at`,
    [ids[0], daysAgo(1)],
  );
  expect(await ask(ofTenant)).toEqual(minutes.map((row) => ({ ...row, time: row.time.toISOString() })));

  expect((await ask(hours)).length).toBe(2 * 48);
  expect(await ask(known)).toMatchObject(
    [0, 1].flatMap(() => ["one", "two"].map((slug) => ({ slug, known: 23 / 24 }))),
  );
  expect(await ask(byTag)).toEqual(["a, b", "pilot"].map((tag) => ({ tag, tenants: 2, storage: 0 })));
});

test("the page names every column and every metric", () => {
  const named = [
    ...leading,
    ...figures,
    ...metricNames.map(columnOf),
    ...tenantsSchema.slice(1).map(({ name }) => name),
  ];
  const words = new Set(page.match(/\w+/g));
  const missing = named.filter(
    (name) => !["list", "element"].includes(name) && !page.includes(`_${name}\``) && !words.has(name),
  );
  expect(missing).toEqual([]);
});

import { seededRandom } from "@/sample/random";
import { seedTenant } from "@/sample/seed";
import { openDatabase } from "./databases";
import { ask, expect, expectAccessible, test } from "./fixtures";
import { makeTenants } from "./fleet";
import { arrive, confirmByCode } from "./people";
import { expectFits, sizes } from "./sizes";

test.describe.configure({ timeout: 300_000 });

/** How long the app of a tenant takes to answer, in milliseconds: the middle of nine answers in a row. */
function watch(host: string) {
  const taken: number[] = [];
  let worst = 0;
  let on = true;
  const middle = () => taken.slice(-9).sort((one, other) => one - other)[4] ?? Number.POSITIVE_INFINITY;
  const done = (async () => {
    while (on) {
      const began = performance.now();
      const { status } = await ask(host, "/api/report");
      expect(status, "the tenant that suffers is answered all the time").toBe(200);
      taken.push(performance.now() - began);
      if (taken.length >= 9) worst = Math.max(worst, middle());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    /** Of the newest nine. */
    middle,
    /** Of the slowest nine since `again`. */
    worst: () => worst,
    again: () => {
      worst = 0;
      taken.length = 0;
    },
    answers: () => taken.length,
    end: async () => {
      on = false;
      await done;
    },
  };
}

/** Visitors who ask for a tenant's report over and over, as many at once, whatever is answered. */
function besiege(host: string, visitors: number) {
  let on = true;
  const done = Promise.all(
    Array.from({ length: visitors }, async () => {
      while (on) {
        const { status } = await ask(host, "/api/report").catch(() => ({ status: 0 }));
        if (status !== 200) await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }),
  );
  return async () => {
    on = false;
    await done;
  };
}

/** Years of orders, over which the app's report becomes slow. */
async function fillOrders(database: string): Promise<void> {
  const client = await openDatabase(database);
  try {
    await seedTenant((text, values) => client.query(text, values && [...values]), {
      rows: 60_000,
      random: seededRandom(7),
    });
  } finally {
    await client.end();
  }
}

for (const { name, viewport } of sizes) {
  test.describe(name, () => {
    test.use({ viewport });

    test(`in an incident: from the overview to the tenant, since when, its query, suspended, and others recover: ${name}`, async ({
      page,
      sql,
    }) => {
      const [loud, calm] = [`loud-${name}`, `calm-${name}`];
      const operator = await arrive(page, sql, "operator");
      await page.goto("/");
      await makeTenants(page, sql, [loud, calm]);
      const { rows } = await sql("SELECT id, database FROM tenants WHERE slug = $1", [loud]);
      const tenant = rows[0] as { id: string; database: string };
      expect((await ask(`${loud}.localhost`)).status).toBe(200);
      await fillOrders(tenant.database);
      // Made a moment ago, it has no quiet time behind it.
      await sql(
        `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
         SELECT $1, 'cpu', 1, '%', at, 'proc' FROM generate_series(now() - interval '20 minutes', now() - interval '2 minutes', '20 seconds') at`,
        [tenant.id],
      );
      const sufferer = watch(`${calm}.localhost`);
      await expect.poll(sufferer.answers, { timeout: 30_000 }).toBeGreaterThan(20);
      const before = sufferer.middle();
      sufferer.again();
      const leave = besiege(`${loud}.localhost`, 6);
      try {
        // Who: the first of the ranking, on the first page.
        const ranking = page.getByRole("region", { name: "Top tenants by CPU" });
        await expect(ranking.getByRole("listitem").first()).toContainText(loud, { timeout: 60_000 });
        await ranking.getByRole("link", { name: loud }).click();

        // Since when, and why: the way down leads to the statement that runs.
        const told = page.getByRole("status").filter({ hasText: "CPU is at" });
        await expect(told).toContainText(/since \d\d:\d\d:\d\d/, { timeout: 60_000 });
        await told.getByRole("link", { name: "Its statements" }).click();
        const panel = page.getByRole("region", { name: "Statements" });
        await expect(panel).toBeInViewport();
        await expect(panel.getByRole("list", { name: "What runs now" })).toContainText(/order/i, { timeout: 30_000 });
        const most = panel.getByRole("table", { name: "Statements that took most time" });
        await expect(most.getByRole("row").nth(1)).toContainText(/order/i);
        await expectFits(page);
        await expectAccessible(page);

        // What to do: shut out, with a reason and a code.
        const during = sufferer.worst();
        expect(during, "it is slower than before").toBeGreaterThan(before);
        await page.getByRole("button", { name: "Suspend", exact: true }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(/Reason/).fill("Its report takes the server's CPU");
        await dialog.getByRole("button", { name: "Suspend", exact: true }).click();
        await confirmByCode(page, operator, `Suspend ${loud}`);
        await expect(page.getByText("Suspended", { exact: true }).first()).toBeVisible();
        await expect(page.getByText("Reason: Its report takes the server's CPU")).toBeVisible();

        // The others recover, and the overview says so.
        await expect.poll(sufferer.middle, { timeout: 60_000 }).toBeLessThan((before + during) / 2);
        await expect(panel.getByText("Nothing runs in this database at the moment.")).toBeVisible({ timeout: 30_000 });
        await page.goto("/");
        await expect(ranking.getByRole("listitem").first()).toContainText(calm, { timeout: 60_000 });
        await expectFits(page);
      } finally {
        await leave();
        await sufferer.end();
      }
    });
  });
}

import { createTenant, expect, expectAccessible, test } from "./fixtures";

test("the sample app is a running process whose figures move when it is asked, and its tenant says who holds it", async ({
  page,
  login,
  askApp,
}) => {
  await login("owner");
  await createTenant(page, "Runtime Shop");
  const tenantPage = page.url();
  await page.goto("/runtime");
  await expect(page.getByRole("heading", { level: 1, name: "Runtime" })).toBeVisible();
  const process = page.getByRole("table", { name: "App processes" }).getByRole("row", { name: /Running/ });
  await expect(process).toHaveCount(1);
  await expect(process).toContainText(/of 60/);

  const traffic = setInterval(() => void askApp("runtime-shop", "/api/report").catch(() => undefined), 100);
  const loans = page
    .getByLabel("All running processes")
    .locator("div")
    .filter({ hasText: /^Loans/ });
  await expect
    .poll(async () => Number.parseFloat((await loans.innerText()).split("\n")[1] ?? ""), { timeout: 20_000 })
    .toBeGreaterThan(1);
  const tenants = page.getByRole("table", { name: "Tenants by connections" });
  await expect(tenants.getByRole("link", { name: "Runtime Shop" })).toBeVisible();
  await page.getByRole("button", { name: "Time waited" }).click();
  await expect(page).toHaveURL(/sort=waitMs/);
  await process.getByRole("button", { name: "Sample shop" }).click();
  await expect(page.getByRole("button", { name: "Show the tenants of all processes" })).toBeVisible();
  await expectAccessible(page);

  await page.goto(tenantPage);
  const panel = page.getByRole("region", { name: "Connections of the app" });
  await expect(panel.getByText(/pid \d+/)).toBeVisible();
  await expect(panel.getByText(/of 4, \d idle/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Waits for a connection" })).toBeVisible({ timeout: 15_000 });
  clearInterval(traffic);
  await expectAccessible(page);
});

test("a process that went silent is named until it is gone", async ({ page, login, sql }) => {
  await login("viewer");
  await page.goto("/runtime");
  await expect(page.getByRole("table", { name: "App processes" })).toBeVisible();
  const silent = crypto.randomUUID();
  await sql(
    `INSERT INTO runtime_processes (id, app, host, pid, started_at, seen_at, limits, open, idle, waiting, tenants,
       connects, reuses, waits, wait_ms, evictions, timeouts, losses, lookups, memory_hits, redis_hits)
     SELECT $1, 'killed', 'far-host', 4711, now() - interval '1 hour', now() - interval '20 s', limits, 3, 0, 0, 1,
            3, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM runtime_processes LIMIT 1`,
    [silent],
  );
  const trouble = page.getByRole("list", { name: "What is wrong now" });
  await expect(trouble.getByText("killed on far-host, pid 4711, went silent")).toBeVisible();
  await expectAccessible(page);
  await sql("DELETE FROM runtime_processes WHERE id = $1", [silent]);
  await expect(trouble.getByText("killed on far-host")).toHaveCount(0);
});

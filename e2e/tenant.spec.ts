import { createTenant, expect, expectAccessible, test } from "./fixtures";
import { addPasskey, arrive, confirmByCode, confirmByPasskey } from "./people";

test("a tenant is created, its charts move, it is suspended and refused, and let in again", async ({
  page,
  askApp,
  sql,
}) => {
  const owner = await arrive(page, sql, "owner");
  await addPasskey(page, owner);
  await createTenant(page, "Acme Widgets");
  expect((await askApp("acme-widgets")).status).toBe(200);

  const traffic = setInterval(() => void askApp("acme-widgets", "/api/report").catch(() => undefined), 100);
  const chart = page.getByRole("region", { name: "Requests and transactions", exact: true });
  await chart.getByRole("button", { name: /view as table/i }).click();
  const requests = async () => {
    const cells = await chart.getByRole("row").locator("td:nth-child(2)").allInnerTexts();
    return cells.map((text) => Number.parseFloat(text)).filter((value) => value >= 1).length;
  };
  // More than one value: it moves.
  await expect.poll(requests, { timeout: 40_000 }).toBeGreaterThan(1);
  const { rows } = await sql(
    "SELECT l.requests, l.sources FROM tenant_usage_latest l JOIN tenants t ON t.id = l.tenant_id WHERE t.slug = 'acme-widgets'",
  );
  clearInterval(traffic);
  expect(rows[0]).toMatchObject({ requests: expect.any(Number), sources: { requests: "runtime", cpu: "proc" } });

  await page.getByRole("button", { name: "Suspend" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason (optional)").fill("Invoice unpaid");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await confirmByPasskey(page, "Suspend Acme Widgets");
  await expect(page.getByText("Suspended", { exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await askApp("acme-widgets")).status, { timeout: 3000 }).toBe(403);
  await expect(page.getByText("active → suspended: Invoice unpaid")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Activate" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Activate" }).click();
  await confirmByPasskey(page, "Activate Acme Widgets");
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await askApp("acme-widgets")).status, { timeout: 3000 }).toBe(200);
});

test("a tenant is purged only when its slug is typed, and its database and role go with it", async ({ page, sql }) => {
  const owner = await arrive(page, sql, "owner");
  await createTenant(page, "Short Lived");
  const { rows } = await sql("SELECT database FROM tenants WHERE slug = 'short-lived'");
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: /delete/i }).click();
  const dialog = page.getByRole("dialog", { name: "Delete Short Lived?" });
  await dialog.getByRole("radio", { name: "Purge now" }).check();
  await expect(dialog.getByText("This can't be undone.")).toBeVisible();
  const remove = dialog.getByRole("button", { name: "Purge now" });
  await expect(remove).toBeDisabled();
  await dialog.getByLabel("Type short-lived to confirm").fill("short-lived");
  await remove.click();
  await confirmByCode(page, owner, "Purge short-lived, with no way back.");
  const left =
    "SELECT (SELECT count(*) FROM pg_database WHERE datname = $1) + (SELECT count(*) FROM pg_roles WHERE rolname = $1) AS n";
  await expect.poll(async () => Number((await sql(left, [rows[0].database])).rows[0].n), { timeout: 30_000 }).toBe(0);
  await expect(page.getByRole("heading", { name: "This tenant is no longer there" })).toBeVisible();
  await page.goto("/tenants");
  await expect(page.getByRole("link", { name: "Short Lived" })).toHaveCount(0);
});

test("a deleted tenant is closed and comes back when it is restored", async ({ page, sql, askApp }) => {
  const owner = await arrive(page, sql, "owner");
  await createTenant(page, "Second Thoughts");
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: /delete/i }).click();
  const dialog = page.getByRole("dialog", { name: "Delete Second Thoughts?" });
  await expect(dialog.getByText("Everything stays for 14 days")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Type second-thoughts to confirm").fill("second-thoughts");
  await dialog.getByRole("button", { name: "Delete tenant" }).click();
  await confirmByCode(page, owner, "Delete second-thoughts.");
  const banner = page.getByRole("region", { name: "Deleted" });
  await expect(banner.getByText("Until then it can be restored and is active again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "More actions" })).toHaveCount(0);
  await expect.poll(async () => (await askApp("second-thoughts")).status, { timeout: 3000 }).toBe(404);
  await expectAccessible(page);
  await page.goto("/tenants?status=deleted");
  await expect(page.getByRole("row", { name: /Second Thoughts.*goes on/ })).toBeVisible();
  await page.getByRole("link", { name: "Second Thoughts" }).click();
  await banner.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText("Second Thoughts was restored and is active.")).toBeVisible();
  await expect(banner).toHaveCount(0);
  await expect.poll(async () => (await askApp("second-thoughts")).status, { timeout: 3000 }).toBe(200);
});

test("bad input is shown at its field and a double click creates one tenant", async ({ page, login, sql }) => {
  await login("owner");
  await page.goto("/tenants?new=1");
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  const name = dialog.getByLabel("Name", { exact: true });
  const slug = dialog.getByLabel("Slug", { exact: true });
  const send = dialog.getByRole("button", { name: "Create tenant" });
  await name.fill("Twice");
  await slug.fill("postgres");
  await send.click();
  await expect(dialog.getByText("This name is reserved. Choose another.")).toBeVisible();
  await slug.fill("\u0430cme");
  await send.click();
  await expect(dialog.getByText(/Start with a letter from a to z|Use only a–z/)).toBeVisible();
  await slug.fill("acme-widgets");
  await send.click();
  await expect(dialog.getByText("Another tenant has this slug.", { exact: true })).toBeVisible();
  await dialog.getByLabel("Own domain (optional)").fill("globex.localhost");
  await slug.fill("twice");
  await send.click();
  await expect(dialog.getByText(/belong to the tenants' slugs/).first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Own domain (optional)").fill("twice.example.com");
  await send.dblclick();
  await expect(dialog.getByText("Twice is ready.")).toBeVisible({ timeout: 60_000 });
  expect((await sql("SELECT count(*)::int AS n FROM tenants WHERE slug LIKE 'twice%'")).rows).toEqual([{ n: 1 }]);
});

test("a worker killed while a tenant is made leaves one that is finished by the next", async ({ page, login, sql }) => {
  await login("owner");
  await page.goto("/tenants?new=1");
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  await dialog.getByLabel("Name", { exact: true }).fill("Interrupted");
  await dialog.getByRole("button", { name: "Create tenant" }).click();
  // The session that holds the saga's lock is the worker's: cutting it off is what a kill does to the database.
  await expect
    .poll(
      async () =>
        (
          await sql(
            "SELECT count(*)::int AS n FROM tenant_steps s JOIN tenants t ON t.id = s.tenant_id WHERE t.slug = 'interrupted' AND s.status <> 'pending'",
          )
        ).rows[0].n,
    )
    .toBeGreaterThan(0);
  await sql(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await expect
    .poll(async () => (await sql("SELECT status FROM tenants WHERE slug = 'interrupted'")).rows[0].status, {
      timeout: 60_000,
    })
    .toBe("active");
});

import { expect, expectAccessible, test } from "./fixtures";
import { openStream } from "./streams";

const pages = ["/", "/tenants", "/servers"] as const;

for (const scheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries({
    desktop: { width: 1280, height: 800 },
    phone: { width: 390, height: 844 },
  })) {
    test(`axe finds nothing on any page: ${scheme}, ${size}`, async ({ page, login, sql }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(viewport);
      await login("owner");
      const { rows } = await sql("SELECT id FROM tenants WHERE slug = 'acme-widgets'");
      for (const path of [...pages, `/tenants/${rows[0].id}`, "/tenants?new=1", "/tenants/no-such-tenant"]) {
        await page.goto(path);
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expectAccessible(page);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${path} scrolls sideways at ${viewport.width}`).toBeLessThanOrEqual(0);
      }
    });
  }
}

test("the table's search, filter and sort live in the address and survive a reload", async ({ page, login }) => {
  await login("viewer");
  await page.goto("/tenants");
  await page.getByLabel("Search tenants").fill("acme");
  await expect(page).toHaveURL(/acme/);
  await expect(page.getByRole("link", { name: "Acme Widgets" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Twice" })).toHaveCount(0);
  await page.getByRole("button", { name: "CPU", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: /CPU/ })).toHaveAttribute("aria-sort", "descending");
  const address = page.url();
  await page.reload();
  expect(page.url()).toBe(address);
  await expect(page.getByLabel("Search tenants")).toHaveValue("acme");
  await expect(page.getByRole("columnheader", { name: /CPU/ })).toHaveAttribute("aria-sort", "descending");
  await page.getByLabel("Search tenants").fill("nothing like this");
  await expect(page.getByText(/no tenant|nothing matches/i).first()).toBeVisible();
});

test("the list is narrowed by a click: by plan in the menu, by a tag in a row, and widened by the chips", async ({
  page,
  login,
  sql,
}) => {
  await sql("UPDATE tenants SET tags = '{vip}' WHERE slug = 'acme-widgets'");
  await login("viewer");
  await page.goto("/tenants");
  const table = page.getByRole("table", { name: "Tenants" });
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("group", { name: "Plan" }).getByRole("checkbox").first().check();
  await expect(page).toHaveURL(/[?&]plan=[a-z]+/);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Plan .+: stop narrowing by it$/ }).click();
  await expect(page).not.toHaveURL(/plan=/);
  await table.getByRole("button", { name: "vip: narrow by this tag" }).click();
  await expect(page).toHaveURL(/[?&]tag=vip/);
  await expect(table.getByRole("row")).toHaveCount(2);
  await expectAccessible(page);
});

test("a viewer is shown no button that would be refused, and the API refuses it too", async ({
  page,
  login,
  sql,
  request,
  baseURL,
  context,
}) => {
  await login("viewer");
  const { rows } = await sql("SELECT id FROM tenants WHERE slug = 'acme-widgets'");
  await page.goto(`/tenants/${rows[0].id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Acme Widgets" })).toBeVisible();
  await expect(page.getByRole("button", { name: "More actions" })).toHaveCount(0);
  await page.goto("/tenants");
  await expect(page.getByRole("button", { name: "New tenant" })).toHaveCount(0);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const refused = await request.put(`${baseURL}/api/tenancy/tenants/${rows[0].id}/status`, {
    data: { status: "blocked" },
    headers: { cookie },
  });
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ code: "forbidden", status: 403 });
  const nobody = await request.get(`${baseURL}/api/tenancy/tenants`);
  expect(nobody.status()).toBe(401);
  expect(nobody.headers()["content-type"]).toContain("application/problem+json");
});

test("a request that another site's page makes is not carried out", async ({
  login,
  sql,
  request,
  baseURL,
  context,
}) => {
  await login("owner");
  const { rows } = await sql("SELECT id FROM tenants WHERE slug = 'acme-widgets'");
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const headers = { cookie, origin: "http://acme-widgets.localhost:3001" };
  const refused = await request.delete(`${baseURL}/api/tenancy/tenants/${rows[0].id}?confirm=acme-widgets`, {
    headers,
  });
  expect(refused.status()).toBe(403);
});

test("a session that ends closes its live stream within two seconds", async ({ login, sql, context, baseURL }) => {
  const user = await login("viewer");
  const stream = await openStream(context, baseURL);
  const { rows } = await sql("DELETE FROM sessions WHERE user_id = $1 RETURNING id", [user]);
  for (const row of rows) await sql("SELECT pg_notify('tenantry_session', $1)", [row.id]);
  const ended = Date.now();
  expect((await stream.ended) - ended).toBeLessThan(2000);
});

test("a tab that is opened behind others holds no live stream, and takes one when it comes to the front", async ({
  page,
  login,
}) => {
  await login("owner");
  await page.addInitScript(() => {
    let behind = true;
    Object.defineProperty(Document.prototype, "hidden", { configurable: true, get: () => behind });
    window.addEventListener("to-front", () => {
      behind = false;
      document.dispatchEvent(new Event("visibilitychange"));
    });
  });
  const streams: string[] = [];
  page.on("request", (request) => request.url().includes("/api/tenancy/stream") && streams.push(request.url()));
  // Asked by what waits for the page as the stream does: the session, once the page has come to life.
  const alive = page.waitForResponse(/\/api\/tenancy\/session$/);
  await page.goto("/");
  await alive;
  expect(streams).toEqual([]);
  await page.evaluate(() => window.dispatchEvent(new Event("to-front")));
  await expect(page.getByRole("button", { name: /^Live\./ }).first()).toBeVisible();
  expect(streams).toHaveLength(1);
});

test("a session that ends takes nothing from a form that is open, and leads away once it is closed", async ({
  page,
  login,
  sql,
  context,
}) => {
  const user = await login("owner");
  await page.goto("/tenants");
  await page.getByRole("button", { name: "New tenant" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  const name = dialog.getByLabel("Name", { exact: true });
  await name.fill("Half Written");
  const refused = page.waitForResponse((response) => response.status() === 401);
  await sql("DELETE FROM sessions WHERE user_id = $1", [user]);
  await refused;
  await dialog.getByRole("button", { name: "Create tenant" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Your session has ended");
  await expectAccessible(page);
  await expect(dialog.getByRole("link", { name: "Sign in in another tab" })).toHaveAttribute("target", "_blank");
  await expect(name).toHaveValue("Half Written");

  await login("owner", { user, browser: context });
  await dialog.getByRole("button", { name: "Create tenant" }).click();
  await expect(dialog.getByText("Half Written is ready.")).toBeVisible({ timeout: 60_000 });

  await sql("DELETE FROM sessions WHERE user_id = $1", [user]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftenants/);
});

test("a browser that keeps nothing still shows every page", async ({ page, login, sql }) => {
  await login("owner");
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("refused", "SecurityError");
      },
    }),
  );
  const { rows } = await sql("SELECT id, name FROM tenants WHERE slug = 'corner-bakery'");
  for (const [path, title] of [
    ["/", "Overview"],
    ["/tenants", "Tenants"],
    [`/tenants/${rows[0].id}`, rows[0].name],
    ["/bulk", "Bulk runs"],
    ["/account", "Account"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("button", { name: /^Live\./ }).first(), path).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search and commands" })).toBeVisible();
});

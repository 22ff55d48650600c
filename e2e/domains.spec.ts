import { startTestDns, type TestDns } from "@/lib/domains/testing-dns";
import { ask, createTenant, expect, expectAccessible, test } from "./fixtures";
import { arrive, confirmByCode } from "./people";

let dns: TestDns;
test.beforeAll(async () => {
  dns = await startTestDns(Number(process.env.E2E_DNS_PORT));
});
test.afterAll(() => dns.close());

test("a domain is added, proven by DNS, answers, becomes primary, and is gone a moment after it was removed", async ({
  page,
  login,
}) => {
  // The worker asks DNS by itself within a minute or so.
  test.setTimeout(180_000);
  await login("operator");
  await createTenant(page, "Domain House");
  const panel = page.getByRole("region", { name: "Domains" });
  await expect(panel.getByText("This tenant has no domain of its own yet.")).toBeVisible();

  await panel.getByRole("button", { name: "Add domain" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a domain" });
  await dialog.getByLabel("Domain").fill("house");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await expect(dialog.getByText("This is not a domain name such as shop.example.com.")).toBeVisible();
  await dialog.getByLabel("Domain").fill("Bücher.house.example");
  await expect(dialog.getByText("xn--bcher-kva.house.example")).toBeVisible();
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await expect(dialog.getByText("Now put this record into its DNS")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Done" }).click();

  const host = "xn--bcher-kva.house.example";
  const row = panel.getByRole("listitem", { name: host });
  await expect(row.getByText("Pending")).toBeVisible();
  expect((await ask(host)).status).toBe(404);
  const name = `_tenantry.${host}`;
  const value = await row.getByRole("button", { name: /^Copy record's value/ }).innerText();
  await expect(row.getByRole("button", { name: `Copy record's name: ${name}` })).toBeVisible();

  dns.names.set(name, { txt: [["v=spf1 -all"]] });
  await row.getByRole("button", { name: "Check now" }).click();
  await expect(row.getByText(`${name} says “v=spf1 -all”, which is not the value for this tenant.`)).toBeVisible();
  await expect(page.getByText(/^DNS was asked at \d\d:\d\d:\d\d: /)).toBeVisible();
  await expectAccessible(page);

  dns.names.set(name, { txt: [["v=spf1 -all"], [value.trim()]] });
  await row.getByRole("button", { name: "Check now" }).click();
  await expect(row.getByText("Verified")).toBeVisible();
  await expect(row.getByText("Primary")).toBeVisible();
  await expect.poll(async () => (await ask(host)).status, { timeout: 1000, intervals: [50] }).toBe(200);
  expect((await ask(host)).body).toContain("Domain House");

  await panel.getByRole("button", { name: "Add domain" }).click();
  await dialog.getByLabel("Domain").fill("https://www.house.example/");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  const second = panel.getByRole("listitem", { name: "www.house.example" });
  const record = (await second.getByRole("button", { name: /^Copy record's value/ }).innerText()).trim();
  dns.names.set("_tenantry.www.house.example", { txt: [[record.slice(0, 20), record.slice(20)]] });
  await dialog.getByRole("button", { name: "Done" }).click();
  // Nobody asks for this one: the worker finds it, and the page shows it by itself.
  await expect(second.getByText("Verified")).toBeVisible({ timeout: 90_000 });
  await second.getByRole("button", { name: "Actions for www.house.example" }).click();
  await page.getByRole("menuitem", { name: "Make primary…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make primary" }).click();
  await expect(second.getByText("Primary")).toBeVisible();
  await expect(row.getByText("Primary")).toHaveCount(0);
  // The primary domain moves to the top; a menu whose button moves out of sight is hidden.
  await expect(panel.getByRole("listitem").first()).toHaveAccessibleName("www.house.example");

  // What was done before is still being told at the screen's edge, and may lie over the menu.
  await expect(async () => {
    await row.getByRole("button", { name: `Actions for ${host}` }).click();
    await page.getByRole("menuitem", { name: "Remove…" }).click({ timeout: 2000 });
  }).toPass();
  const remove = page.getByRole("dialog", { name: "Remove bücher.house.example?" });
  await expectAccessible(page);
  await remove.getByRole("button", { name: "Remove domain" }).click();
  await expect(row).toHaveCount(0);
  await expect.poll(async () => (await ask(host)).status, { timeout: 1000, intervals: [50] }).toBe(404);
  expect((await ask("www.house.example")).status).toBe(200);
  await expect(page.getByText(`bücher.house.example (${host}) removed`)).toBeVisible();
});

test("what is another tenant's is refused, a viewer can't change domains, and somebody vouches for one", async ({
  page,
  sql,
  browser,
  login,
}) => {
  // Two tenants, two browsers and an enrolment: on a busy machine more than a journey's usual time.
  test.slow();
  const owner = await arrive(page, sql, "owner");
  await createTenant(page, "Domain Keeper");
  await sql(
    `INSERT INTO domains (id, tenant_id, hostname, token, verified_at, verified_by)
     SELECT gen_random_uuid(), id, 'www.keeper.example', 'x', now(), 'dns' FROM tenants WHERE slug = 'domain-keeper'`,
  );
  await createTenant(page, "Domain Rival");
  const panel = page.getByRole("region", { name: "Domains" });
  await panel.getByRole("button", { name: "Add domain" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a domain" });
  await dialog.getByLabel("Domain").fill("www.keeper.example");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await expect(dialog.getByText("The tenant domain-keeper has this domain.")).toBeVisible();
  await dialog.getByLabel("Domain").fill("intranet.rival.example");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = panel.getByRole("listitem", { name: "intranet.rival.example" });
  await row.getByRole("button", { name: "Actions for intranet.rival.example" }).click();
  await page.getByRole("menuitem", { name: "Vouch for it…" }).click();
  const vouch = page.getByRole("dialog", { name: "Vouch for intranet.rival.example?" });
  await vouch.getByRole("button", { name: "Vouch for it" }).click();
  await expect(vouch.getByText("Say why DNS is not asked.")).toBeVisible();
  await vouch.getByLabel("Reason").fill("A private network");
  await vouch.getByRole("button", { name: "Vouch for it" }).click();
  await confirmByCode(page, owner, "Vouch for intranet.rival.example of Domain Rival, without DNS.");
  await expect(row.getByText("Somebody vouched for it; DNS is not asked.")).toBeVisible();
  await expect.poll(async () => (await ask("intranet.rival.example")).status, { timeout: 1000 }).toBe(200);

  const viewer = await browser.newContext();
  const theirs = await viewer.newPage();
  await login("viewer", { user: await viewerId(sql), browser: viewer });
  await theirs.goto(page.url());
  const seen = theirs.getByRole("region", { name: "Domains" });
  await expect(seen.getByText("intranet.rival.example")).toBeVisible();
  await expect(seen.getByRole("button", { name: /Add domain|Actions for/ })).toHaveCount(0);
  await viewer.close();
});

async function viewerId(sql: (text: string) => Promise<{ rows: { id: string }[] }>): Promise<string> {
  const { rows } = await sql(
    `INSERT INTO users (id, email, name, role, password_hash, totp_confirmed_at)
     VALUES (gen_random_uuid(), 'viewer-of-domains@example.com', 'A viewer', 'viewer', 'none', now()) RETURNING id`,
  );
  return rows[0]?.id ?? "";
}

test("a server gets another name and a pooler, which must be reachable", async ({ page, sql }) => {
  const owner = await arrive(page, sql, "owner");
  const { rows } = await sql("SELECT id, name FROM servers ORDER BY created_at LIMIT 1");
  const [server] = rows;
  await page.goto("/servers");
  await page.getByRole("button", { name: `Edit ${server.name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Edit ${server.name}` });
  await dialog.getByLabel("Name").fill("renamed");
  await dialog.getByRole("radio", { name: /session mode/ }).check();
  await dialog.getByLabel("Pooler's host").fill("127.0.0.1");
  await dialog.getByLabel("Pooler's port").fill("1");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await confirmByCode(page, owner, `Change the server ${server.name}.`);
  await expect(dialog.getByText("Nothing listens on port 1 of 127.0.0.1.").first()).toBeVisible();
  await dialog.getByRole("radio", { name: /To the server itself/ }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await confirmByCode(page, owner, `Change the server ${server.name}.`);
  await expect(page.getByRole("heading", { name: "renamed", exact: true })).toBeVisible();
  // The other journeys know it by its name.
  await sql("UPDATE servers SET name = $1 WHERE id = $2", [server.name, server.id]);
});

test("a server is checked now, and removed from the fleet once its name was typed", async ({ page, sql }) => {
  const owner = await arrive(page, sql, "owner");
  const { rows } = await sql("SELECT name FROM servers WHERE removed_at IS NULL ORDER BY created_at LIMIT 1");
  const [{ name }] = rows;
  await sql(
    `INSERT INTO servers (id, name, region, host, port, admin_user)
     VALUES (gen_random_uuid(), 'leaving', 'eu', '127.0.0.1', 1, 'nobody')`,
  );
  await page.goto("/servers");
  await page.getByRole("button", { name: `Check ${name}` }).click();
  const check = page.getByRole("dialog", { name: `Check of ${name}` });
  await expect(check.getByText(/^It answers: PostgreSQL \d+.*, not encrypted\.$/)).toBeVisible();
  await expect(check.getByRole("list", { name: "Rights of its role" })).toContainText("CREATEDB held");
  await expectAccessible(page);
  await check.getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("button", { name: "Check leaving" }).click();
  await expect(page.getByRole("dialog", { name: "Check of leaving" })).toContainText("nothing listens there");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("button", { name: "Remove leaving" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove leaving?" });
  await expect(dialog.getByRole("button", { name: "Remove server" })).toBeDisabled();
  await dialog.getByLabel("Type leaving to confirm").fill("leaving");
  await dialog.getByRole("button", { name: "Remove server" }).click();
  await confirmByCode(page, owner, "Remove the server leaving from the fleet.");
  // An open dialog hides the page's headings, too: that the heading is not seen says nothing yet.
  const removed =
    "SELECT count(*)::int AS n FROM servers WHERE name LIKE 'leaving (removed %' AND removed_at IS NOT NULL";
  await expect.poll(async () => (await sql(removed)).rows).toEqual([{ n: 1 }]);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "leaving" })).toHaveCount(0);
  // Its row stays for its history; the other journeys know one server.
  await sql("DELETE FROM servers WHERE name LIKE 'leaving (removed %'");
});

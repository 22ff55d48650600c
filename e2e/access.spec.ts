import { expect, expectAccessible, test } from "./fixtures";
import { addPasskey, arrive, confirmByPasskey, enrol, giveCredentials, signOut } from "./people";
import { openStream } from "./streams";

test.describe.configure({ timeout: 150_000 });

test("somebody is invited, joins, enrols, saves the recovery codes and signs in with one of them", async ({
  page,
  sql,
  browser,
  baseURL,
}) => {
  await addPasskey(page, await arrive(page, sql, "owner"));
  await page.goto("/users");
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByLabel("E-mail").fill("not an address");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(dialog.getByText("This is not an e-mail address.")).toBeVisible();
  await dialog.getByLabel("E-mail").fill("Grace@Example.com");
  await dialog.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "operator" }).click();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();

  // Thinking better of it leaves the form as it was, without an error.
  const confirm = page.getByRole("dialog", { name: "Confirm with your second factor" });
  await expect(confirm).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(confirm).toBeHidden();
  await expect(dialog.getByLabel("E-mail")).toHaveValue("Grace@Example.com");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await confirmByPasskey(page, "Invite Grace@Example.com as operator, for all tenants.");
  const made = page.getByRole("dialog", { name: "Invitation made" });
  const link = await made.locator("code").innerText();
  await expectAccessible(page);
  await made.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("table", { name: "Open invitations" }).getByText("grace@example.com")).toBeVisible();

  const other = await browser.newContext({ baseURL: baseURL ?? "" });
  const hers = await other.newPage();
  await hers.goto(link);
  await expect(hers.getByLabel("E-mail")).toHaveValue("grace@example.com");
  await expectAccessible(hers);
  const grace = { email: "grace@example.com", password: "nanoseconds of copper wire" };
  await hers.getByLabel("Your name").fill("Grace Hopper");
  await hers.getByRole("textbox", { name: "Password" }).fill("passwordpassword");
  await hers.getByRole("button", { name: "Make my account" }).click();
  await expect(hers.getByRole("alert", { name: "The account was not made" })).toBeVisible();
  await hers.getByRole("textbox", { name: "Password" }).fill(grace.password);
  await hers.getByRole("button", { name: "Make my account" }).click();
  await expect(hers.getByText("Your account is made.")).toBeVisible();
  await hers.goto(link);
  await expect(hers.getByRole("heading", { name: "This link was used already" })).toBeVisible();
  await expectAccessible(hers);

  await giveCredentials(hers, grace);
  const { codes } = await enrol(hers);
  expect(codes).toHaveLength(10);
  await signOut(hers);
  await giveCredentials(hers, grace);
  await hers.getByRole("button", { name: "Use a recovery code" }).click();
  await expectAccessible(hers);
  await hers.getByLabel("Recovery code", { exact: true }).fill("none of them");
  await hers.getByRole("button", { name: "Verify" }).click();
  await expect(hers.getByRole("alert").filter({ hasText: "none of your recovery codes" })).toBeVisible();
  await hers.getByLabel("Recovery code", { exact: true }).fill((codes[0] ?? "").toUpperCase().replaceAll("-", " "));
  await hers.getByRole("button", { name: "Verify" }).click();
  await expect(hers.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await hers.goto("/account");
  await expect(hers.getByText("9 of 10 recovery codes left")).toBeVisible();
  await other.close();
});

test("a session that is ended elsewhere closes its live stream and leaves for the sign-in", async ({
  page,
  sql,
  login,
  browser,
  baseURL,
}) => {
  const person = await arrive(page, sql, "viewer");
  await addPasskey(page, person);
  const other = await browser.newContext({ baseURL: baseURL ?? "" });
  await login("viewer", { user: person.id, browser: other });
  const thrown = await other.newPage();
  await thrown.goto("/account");
  await expect(thrown.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  const stream = await openStream(other, baseURL);
  await page.goto("/account");
  const sessions = page.getByRole("table", { name: "Sessions" });
  await expect(sessions.getByText("this one")).toHaveCount(1);
  await sessions.getByRole("button", { name: /^Sign out/ }).click();
  await confirmByPasskey(page, /^Sign out .+\.$/);
  await expect(page.getByText("That session ended.")).toBeVisible();
  const ended = Date.now();
  expect((await stream.ended) - ended).toBeLessThan(2000);
  await expect(thrown).toHaveURL(/\/sign-in\?next=%2Faccount/, { timeout: 10_000 });
  await expect(sessions.getByRole("button", { name: /^Sign out/ })).toHaveCount(0);
  await other.close();
});

test("a passkey signs in after the password, and confirms; a scoped user sees a part of the fleet", async ({
  page,
  sql,
}) => {
  const person = await arrive(page, sql, "operator");
  await addPasskey(page, person);
  await signOut(page);
  await giveCredentials(page, person);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Renew codes" }).click();
  await page.getByRole("button", { name: "Make new codes" }).click();
  await confirmByPasskey(page, /Make ten new recovery codes/);
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  expect(person.codes).not.toContain(await codes.first().innerText());
  await page.getByLabel("I have saved them").check();
  await page.getByRole("button", { name: "Done" }).click();

  await sql("UPDATE users SET scope = $2 WHERE email = $1", [
    person.email,
    JSON.stringify({ kind: "region", values: ["nowhere"] }),
  ]);
  await page.goto("/");
  // While a page streams in, a hidden copy of a part may stand beside the one that is shown.
  const shown = (text: string) => page.getByText(text).filter({ visible: true });
  await expect(shown("Charts of the whole fleet need access to all tenants")).toBeVisible();
  await expect(shown("No tenant within your reach")).toBeVisible();
  await expect(page.getByRole("button", { name: /Account of/ })).toContainText("operator · region nowhere");
  await expectAccessible(page);
});

test("an API key made in the console works until it is revoked", async ({ page, sql, request, baseURL }) => {
  await addPasskey(page, await arrive(page, sql, "admin"));
  await page.goto("/keys");
  await page.getByRole("button", { name: "New key" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New API key" });
  await dialog.getByLabel("Name", { exact: true }).fill("nightly export");
  await dialog.getByRole("button", { name: "Make key" }).click();
  await expect(dialog.getByText("Choose at least one permission.")).toBeVisible();
  await dialog.getByLabel("See tenants with their domains, steps and newest figures").check();
  await dialog.getByRole("button", { name: "Make key" }).click();
  await confirmByPasskey(page, "Make the API key nightly export with Tenants: read; for all tenants.");
  const made = page.getByRole("dialog", { name: "The key nightly export" });
  const secret = await made.locator("code").first().innerText();
  await expect(made.getByText(/curl -H/).first()).toContainText(baseURL ?? "");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await made.getByRole("button", { name: "I have copied it" }).click();

  const ask = (path: string) =>
    request.get(`${baseURL}/api/tenancy/${path}`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask("tenants")).status()).toBe(200);
  expect((await ask("users")).status()).toBe(403);
  await page.getByRole("button", { name: "Revoke nightly export" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("The key nightly export was revoked.")).toBeVisible();
  expect((await ask("tenants")).status()).toBe(401);
  await page.getByRole("button", { name: /^All/ }).click();
  await expect(page).toHaveURL(/show=all/);
  await expect(page.getByRole("table", { name: "API keys" }).getByText("Revoked", { exact: true })).toBeVisible();
});

test("the trail is filtered by its address, opens an event, and verifies", async ({ page, login, request }) => {
  await login("owner");
  await page.goto("/audit?operation=keys&outcome=done");
  await expect(page.getByLabel("What", { exact: true })).toHaveValue("keys");
  const event = page.getByRole("button", { name: /keys\.create/ }).first();
  await event.click();
  await expect(page).toHaveURL(/event=\d+/);
  await expect(page.getByRole("region", { name: "What changed" })).toContainText("nightly export");
  await page.getByRole("button", { name: "Verify the trail" }).click();
  const dialog = page.getByRole("dialog", { name: "Verify the audit trail" });
  await dialog.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(dialog.getByText("The trail is intact")).toBeVisible();
  const end = await dialog.locator("code").innerText();
  expect(end).toMatch(/^\d+:[0-9a-f]{64}$/);
  await dialog.getByLabel(/An end that you noted/).fill(end.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
  await dialog.getByRole("button", { name: "Verify again" }).click();
  await expect(dialog.getByText("The trail is not what was recorded")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Export: Audit trail" }).click();
  const signed = page.getByRole("menuitem", { name: "JSON lines, signed" });
  expect(await signed.getAttribute("href")).toBe("/api/tenancy/audit/export?operation=keys&outcome=done&format=jsonl");
  expect((await request.get((await signed.getAttribute("href")) ?? "")).status(), "not without a session").toBe(401);
});

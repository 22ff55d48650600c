import { expect, test } from "./fixtures";
import { makePaperTenants, makeTenants } from "./fleet";
import { addPasskey, arrive, confirmByCode, confirmByPasskey, enrol, giveCredentials } from "./people";
import { expectFits, sizes } from "./sizes";

test.describe.configure({ timeout: 240_000 });

for (const { name, viewport } of sizes) {
  test.describe(name, () => {
    test.use({ viewport });

    test(`a colleague is invited for a part of the fleet, joins, and sees that part alone: ${name}`, async ({
      page,
      sql,
      browser,
      baseURL,
    }) => {
      await makePaperTenants(sql, [`Reached ${name}`], `part-${name}`);
      await makePaperTenants(sql, [`Unreached ${name}`], "other-part");
      await addPasskey(page, await arrive(page, sql, "owner"));
      await page.goto("/users");
      await page.getByRole("button", { name: "Invite" }).click();
      const dialog = page.getByRole("dialog", { name: "Invite somebody" });
      const email = `colleague-${name}@example.com`;
      await dialog.getByLabel("E-mail").fill(email);
      await dialog.getByRole("combobox", { name: "Role" }).click();
      await page.getByRole("option", { name: "viewer" }).click();
      await dialog.getByRole("combobox", { name: "Reaches" }).click();
      await page.getByRole("option", { name: /tags/i }).click();
      await dialog.getByRole("combobox", { name: "Tags" }).fill(`part-${name}`);
      await page.keyboard.press("Enter");
      await expectFits(page);
      await dialog.getByRole("button", { name: "Invite", exact: true }).click();
      await confirmByPasskey(page, /as viewer/);
      const link = await page.getByRole("dialog", { name: "Invitation made" }).locator("code").innerText();

      const other = await browser.newContext({ baseURL: baseURL ?? "", viewport });
      const theirs = await other.newPage();
      await theirs.goto(link);
      await theirs.getByLabel("Your name").fill("A Colleague");
      const password = "nanoseconds of copper wire";
      await theirs.getByRole("textbox", { name: "Password" }).fill(password);
      await theirs.getByRole("button", { name: "Make my account" }).click();
      await expect(theirs.getByText("Your account is made.")).toBeVisible();
      await expectFits(theirs);
      await giveCredentials(theirs, { email, password });
      await enrol(theirs);
      await theirs.goto("/tenants");
      await expect(theirs.getByRole("link", { name: `Reached ${name}` })).toBeVisible();
      await expect(theirs.getByRole("link", { name: `Unreached ${name}` })).toHaveCount(0);
      await expectFits(theirs);
      await other.close();
      await sql("DELETE FROM tenants WHERE name = ANY($1)", [[`Reached ${name}`, `Unreached ${name}`]]);
    });

    test(`an API key is made, used by a program, and revoked: ${name}`, async ({ page, sql, request, baseURL }) => {
      await addPasskey(page, await arrive(page, sql, "admin"));
      await page.goto("/keys");
      await page.getByRole("button", { name: "New key" }).first().click();
      const dialog = page.getByRole("dialog", { name: "New API key" });
      await dialog.getByLabel("Name", { exact: true }).fill(`script ${name}`);
      await dialog.getByLabel("See tenants with their domains, steps and newest figures").check();
      await expectFits(page);
      await dialog.getByRole("button", { name: "Make key" }).click();
      await confirmByPasskey(page, new RegExp(`script ${name}`));
      const made = page.getByRole("dialog", { name: `The key script ${name}` });
      const secret = await made.locator("code").first().innerText();
      await expectFits(page);
      await made.getByRole("button", { name: "I have copied it" }).click();
      const headers = { authorization: `Bearer ${secret}` };
      const asked = async () => (await request.get(`${baseURL}/api/tenancy/tenants`, { headers })).status();
      expect(await asked()).toBe(200);
      await page.getByRole("button", { name: `Revoke script ${name}` }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
      await expect(page.getByText(`The key script ${name} was revoked.`)).toBeVisible();
      expect(await asked()).toBe(401);
    });

    test(`who suspended this tenant and when is found in the trail, which verifies: ${name}`, async ({ page, sql }) => {
      const slug = `asked-${name}`;
      const owner = await arrive(page, sql, "owner");
      await page.goto("/");
      await makeTenants(page, sql, [slug]);
      const { rows } = await sql("SELECT id FROM tenants WHERE slug = $1", [slug]);
      await page.goto(`/tenants/${rows[0].id}`);
      await page.getByRole("button", { name: "Suspend", exact: true }).click();
      const suspend = page.getByRole("dialog");
      await suspend.getByLabel(/Reason/).fill("Closed for the season");
      await suspend.getByRole("button", { name: "Suspend", exact: true }).click();
      await confirmByCode(page, owner, `Suspend ${slug}`);
      await expect(page.getByText("Suspended", { exact: true }).first()).toBeVisible();
      await page.goto("/audit?operation=tenants.setStatus&outcome=done");
      const event = page.getByRole("button", { name: /tenants\.setStatus/ }).first();
      await event.click();
      await expect(page.getByRole("region", { name: "What changed" })).toContainText("suspended");
      await expect(page.getByText(owner.email).first()).toBeVisible();
      await expectFits(page);
      await page.getByRole("button", { name: "Verify the trail" }).click();
      const dialog = page.getByRole("dialog", { name: "Verify the audit trail" });
      await dialog.getByRole("button", { name: "Verify", exact: true }).click();
      await expect(dialog.getByText("The trail is intact")).toBeVisible();
      await expectFits(page);
    });
  });
}

import { expect, expectAccessible, test } from "./fixtures";

test("a viewer is shown nothing of access, and the API refuses it", async ({
  page,
  login,
  request,
  context,
  baseURL,
}) => {
  const user = await login("viewer");
  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "You may not see this page" })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole("navigation", { name: "Console" }).getByRole("link")).toHaveText([
    "Overview",
    "Tenants",
    "Analytics",
    "Bulk runs",
    "Schema",
    "Servers",
    "Runtime",
    "Isolation",
  ]);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const attempts = [
    request.get(`${baseURL}/api/tenancy/users`, { headers: { cookie } }),
    request.patch(`${baseURL}/api/tenancy/users/${user}`, { headers: { cookie }, data: { role: "owner" } }),
    request.post(`${baseURL}/api/tenancy/keys`, {
      headers: { cookie },
      data: { name: "mine", permissions: ["tenants:delete"] },
    }),
    request.get(`${baseURL}/api/tenancy/audit`, { headers: { cookie } }),
    request.get(`${baseURL}/api/tenancy/audit/export`, { headers: { cookie } }),
  ];
  for (const answer of await Promise.all(attempts)) expect(answer.status(), answer.url()).toBe(403);
});

test("without figures no stream is asked for, and changed rights or an ended session are seen soon", async ({
  page,
  login,
  sql,
}) => {
  await sql(
    "INSERT INTO custom_roles (name, permissions) VALUES ('clerk', '{tenants:read}') ON CONFLICT (name) DO NOTHING",
  );
  const user = await login("viewer");
  await sql("UPDATE users SET role = 'clerk' WHERE id = $1", [user]);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/");
  await expect(page).toHaveURL(/\/tenants$/);
  await expect(page.getByRole("heading", { level: 1, name: "Tenants" })).toBeVisible();
  const places = page.getByRole("navigation", { name: "Console" }).getByRole("link");
  await expect(places).toHaveText(["Tenants"]);
  await expect(page.getByRole("button", { name: /^(Live|Not live|Connecting)/ })).toHaveCount(0);
  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "You may not see this page" })).toBeVisible();
  expect(asked.filter((path) => /\/(overview|stream)$/.test(path))).toEqual([]);
  await sql("UPDATE users SET role = 'auditor' WHERE id = $1", [user]);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible({ timeout: 14_000 });
  await sql("UPDATE users SET role = 'clerk' WHERE id = $1", [user]);
  await expect(places).toHaveText(["Tenants"], { timeout: 14_000 });
  await sql("DELETE FROM sessions WHERE user_id = $1", [user]);
  await expect(page).toHaveURL(/\/sign-in/, { timeout: 14_000 });
});

test("an auditor sees who may do what, and no button that would change it", async ({ page, login }) => {
  await login("auditor");
  for (const [path, button] of [
    ["/users", "Invite"],
    ["/roles", "New role"],
    ["/keys", "New key"],
    ["/ip-rules", "Add rule"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: button })).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^(Actions for|Revoke|Remove|Edit|Delete)/ })).toHaveCount(0);
  }
});

const dialogs = [
  ["/users", "Invite"],
  ["/roles", "New role"],
  ["/keys", "New key"],
  ["/ip-rules", "Add rule"],
  ["/audit", "Verify the trail"],
  ["/account", "Change password"],
] as const;

for (const scheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries({
    desktop: { width: 1440, height: 900 },
    phone: { width: 390, height: 844 },
  })) {
    test(`axe finds nothing on the pages of access and their dialogs: ${scheme}, ${size}`, async ({ page, login }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(viewport);
      await login("owner");
      for (const [path, button] of dialogs) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${path} scrolls sideways at ${viewport.width}`).toBeLessThanOrEqual(0);
        await page.getByRole("button", { name: button }).first().click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await expectAccessible(page);
      }
    });
  }
}

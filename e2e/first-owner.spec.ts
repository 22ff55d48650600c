import { generate } from "otplib";
import { expect, expectAccessible, test } from "./fixtures";
import { signOut } from "./people";

test("the set-up link leads through owner and second factor to the overview, once", async ({ page }) => {
  const link = process.env.E2E_SET_UP ?? "";
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);

  await page.goto(link);
  await expectAccessible(page);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("short");
  await page.getByRole("button", { name: /create/i }).click();
  await expect(page.getByText("Use at least 12 characters")).toBeVisible();
  await page.getByRole("textbox", { name: "Password" }).fill("correct horse battery");
  await page.getByRole("button", { name: /create/i }).click();

  await expect(page.getByRole("heading", { name: "Set up your authenticator" })).toBeVisible();
  const secret = (await page.getByText(/^[A-Z2-7 ]{32,}$/).innerText()).replaceAll(" ", "");
  await expectAccessible(page);
  await page.goto("/tenants");
  await expect(page).toHaveURL(/\/enrol/);
  // The form sends itself once six digits are there.
  await page.getByLabel("Six-digit code").fill("000000");
  await expect(page.getByText("This code is not right")).toBeVisible();
  await page.getByLabel("Six-digit code").fill(await generate({ secret }));
  await expect(page.getByRole("heading", { name: "Save your recovery codes" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await expectAccessible(page);
  await expect(page.getByRole("button", { name: "Continue" })).toBeDisabled();
  await page.getByLabel("I have saved them").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  await signOut(page);
  await page.goto(link);
  await expect(page.getByText(/used/i).first()).toBeVisible();

  await page.goto("/sign-in?next=/servers");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("correct horse battery");
  await page.getByRole("button", { name: /sign in|continue/i }).click();
  // The code of the step in which enrolment happened is used up: the next one is within the allowed drift.
  await page.getByLabel("Six-digit code").fill(await generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 }));
  await expect(page.getByRole("heading", { level: 1, name: "Servers" })).toBeVisible();
});

test("a wrong password is told apart from nothing", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("nobody@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("wrong wrong wrong");
  await page.getByRole("button", { name: /sign in|continue/i }).click();
  await expect(page.getByRole("alert").filter({ hasText: /wrong/i })).toBeVisible();
});

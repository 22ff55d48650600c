import { hash } from "@node-rs/argon2";
import { expect, type Page } from "@playwright/test";
import { generate } from "otplib";
import { newId } from "@/lib/kernel/ids";
import type { BuiltInRole } from "@/lib/kernel/permissions";

type Sql = (text: string, values?: unknown[]) => Promise<unknown>;

/** Somebody with a real authenticator: `code` gives one that was not used yet, and waits for it if it must. */
export type Person = { id: string; email: string; password: string; codes: string[]; code: () => Promise<string> };

const stepSeconds = 30;

/** Makes a user with a password and no second factor yet, whatever the console would say. */
export async function makeUser(sql: Sql, role: BuiltInRole): Promise<{ id: string; email: string; password: string }> {
  const [id, password] = [newId(new Date()), "several plain words together"];
  const email = `${role}-${id}@example.com`;
  await sql("INSERT INTO users (id, email, name, role, password_hash) VALUES ($1, $2, $3, $4, $5)", [
    ...[id, email, `A real ${role}`, role, await hash(password)],
  ]);
  return { id, email, password };
}

/** Types e-mail and password; what comes next depends on the account. */
export async function giveCredentials(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByRole("textbox", { name: "Password" }).fill(who.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs out by the user menu, and waits until the page has left. */
export async function signOut(page: Page): Promise<void> {
  const signsOut = page.getByRole("menuitem", { name: "Sign out" });
  // A page that has just arrived may not listen to its buttons yet.
  await expect(async () => {
    await page.getByRole("button", { name: /^Account of/ }).click();
    await expect(signsOut).toBeVisible({ timeout: 2000 });
  }).toPass();
  await signsOut.click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

/** Enrols an authenticator, saves the recovery codes and goes on to the console. */
export async function enrol(page: Page): Promise<Pick<Person, "codes" | "code">> {
  await expect(page.getByRole("heading", { name: "Set up your authenticator" })).toBeVisible();
  const secret = (await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/).innerText()).replaceAll(" ", "");
  const code = codesOf(secret);
  await page.getByLabel("Six-digit code").fill(await code());
  await expect(page.getByRole("heading", { name: "Save your recovery codes" })).toBeVisible();
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
  await page.getByLabel("I have saved them").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  return { codes, code };
}

/** Makes a user and has them sign in and enrol as people do. */
export async function arrive(page: Page, sql: Sql, role: BuiltInRole): Promise<Person> {
  const who = await makeUser(sql, role);
  await giveCredentials(page, who);
  return { ...who, ...(await enrol(page)) };
}

/** Gives the page's browser a device that keeps passkeys and says yes to everything. */
export async function giveDevice(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Adds a passkey on the account's page, so that what follows can be confirmed without waiting for codes. */
export async function addPasskey(page: Page, person: Person): Promise<void> {
  await giveDevice(page);
  await page.goto("/account");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Test device");
  await page.getByRole("button", { name: "Add passkey" }).click();
  const confirm = page.getByRole("dialog", { name: "Confirm with your second factor" });
  await expect(confirm.getByText("Add the passkey Test device to your account.")).toBeVisible();
  await confirm.getByLabel("Six-digit code").fill(await person.code());
  await expect(page.getByRole("table", { name: "Passkeys" }).getByText("Test device")).toBeVisible();
}

/** Answers the question for the second factor with a code, typed where the cursor is. */
export async function confirmByCode(page: Page, person: Person, what: string | RegExp): Promise<void> {
  const confirm = page.getByRole("dialog", { name: "Confirm with your second factor" });
  await expect(confirm.getByText(what)).toBeVisible();
  await expect(confirm.getByLabel("Six-digit code")).toBeFocused();
  await page.keyboard.type(await person.code());
  await expect(confirm).toBeHidden();
}

/** Answers the question for the second factor with the passkey. */
export async function confirmByPasskey(page: Page, what: string | RegExp): Promise<void> {
  const confirm = page.getByRole("dialog", { name: "Confirm with your second factor" });
  await expect(confirm.getByText(what)).toBeVisible();
  await confirm.getByRole("button", { name: "Use a passkey" }).click();
  await expect(confirm).toBeHidden();
}

/** The codes of an authenticator. A code counts once, and one step ahead of the clock is still taken. */
export function codesOf(secret: string): () => Promise<string> {
  let used = 0;
  return async () => {
    const now = () => Math.floor(Date.now() / 1000 / stepSeconds);
    used = Math.max(used + 1, now());
    while (now() < used - 1) await new Promise((resolve) => setTimeout(resolve, 500));
    return await generate({ secret, epoch: used * stepSeconds });
  };
}

import { createHash, randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page, type WebError } from "@playwright/test";
import pg from "pg";
import { newId } from "@/lib/kernel/ids";
import type { BuiltInRole } from "@/lib/kernel/permissions";
import { holdAnswers } from "./answers";

const setting = (name: string): string => process.env[name] ?? "";

/** What an app's host answers. */
export type Answer = { status: number; body: string };

type WorkerFixtures = {
  /** Every page that is opened or loaded again waits until its streamed parts are there and it has come to life. */
  streamed: undefined;
};

type Fixtures = {
  /** Every answer of the API that a browser gets is as docs/openapi.json says, or the test fails at its end. */
  answersHeld: undefined;
  /** No page throws an error that nobody catches, such as React's where a page is not what the server has sent. */
  nothingThrown: undefined;
  /** SQL on the control database. */
  sql: (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
  /** Signs the page in as a new user with a role, by a session row; again, in another browser, as that user. */
  login: (role: BuiltInRole, again?: { user: string; browser: BrowserContext }) => Promise<string>;
  /** Asks the sample app as a browser of that host would. */
  askApp: (slug: string, path?: string) => Promise<Answer>;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  streamed: [
    async ({ browser }, use) => {
      const context = await browser.newContext();
      waitForStreams(Object.getPrototypeOf(await context.newPage()) as Page);
      await context.close();
      await use(undefined);
    },
    { scope: "worker", auto: true },
  ],
  answersHeld: [
    async ({ browser }, use) => {
      const { watch, found } = holdAnswers();
      for (const context of browser.contexts()) watch(context);
      browser.on("context", watch);
      await use(undefined);
      browser.off("context", watch);
      expect(await found(), "answers that docs/openapi.json does not describe").toEqual([]);
    },
    { auto: true },
  ],
  nothingThrown: [
    async ({ browser }, use) => {
      const thrown: string[] = [];
      const note = (error: WebError) => thrown.push(`${error.page()?.url()}: ${error.error().message}`);
      const watch = (context: BrowserContext) => void context.on("weberror", note);
      for (const context of browser.contexts()) watch(context);
      browser.on("context", watch);
      await use(undefined);
      browser.off("context", watch);
      expect(thrown, "errors in pages").toEqual([]);
    },
    { auto: true },
  ],
  baseURL: async ({}, use) => await use(setting("E2E_URL")),
  sql: async ({}, use) => {
    const client = new pg.Client({ connectionString: setting("E2E_DATABASE") });
    client.on("error", () => undefined);
    await client.connect();
    await use((text, values) => client.query(text, values));
    await client.end();
  },
  login: async ({ sql, context, baseURL }, use) => {
    await use(async (role, again) => {
      const token = randomBytes(32).toString("base64url");
      const user = again?.user ?? newId(new Date());
      if (!again) {
        await sql(
          "INSERT INTO users (id, email, name, role, password_hash, totp_confirmed_at) VALUES ($1, $2, $3, $4, 'none', now())",
          [user, `${role}-${user}@example.com`, `The ${role}`, role],
        );
      }
      await sql(
        `INSERT INTO sessions (id, user_id, token_hash, second_factor_at, expires_at)
         VALUES ($1, $2, $3, now(), now() + interval '1 day')`,
        [newId(new Date()), user, createHash("sha256").update(token).digest("hex")],
      );
      await (again?.browser ?? context).addCookies([
        { name: "next-auth.session-token", value: token, url: baseURL ?? "", httpOnly: true, sameSite: "Lax" },
      ]);
      return user;
    });
  },
  askApp: async ({}, use) => {
    await use((slug, path = "/") => ask(`${slug}.localhost`, path));
  },
});

export { expect };

/**
 * Until a page of the console has come to life: its buttons listen, and it knows the zone of its viewer, for which it
 * may read anew. React marks what it has brought to life. Other pages are as they came.
 */
async function waitForLife(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('script[src*="/_next/"]') === null ||
      [...document.querySelectorAll("h1, a, button, input")].every((one) =>
        Object.keys(one).some((key) => key.startsWith("__reactFiber")),
      ),
    undefined,
    { timeout: 20_000 },
  );
}

/** React streams parts of a page hidden and then moves them to their places: until then a text can be there twice. */
function waitForStreams(prototype: Page): void {
  const { goto, reload } = prototype;
  const settled = async (page: Page) => {
    await expect(page.locator('div[hidden][id^="S:"]')).toHaveCount(0);
    await waitForLife(page);
  };
  prototype.goto = async function (this: Page, ...given) {
    const response = await goto.apply(this, given);
    await settled(this);
    return response;
  };
  prototype.reload = async function (this: Page, ...given) {
    const response = await reload.apply(this, given);
    await settled(this);
    return response;
  };
}

/** Asks the sample app under any host, as somebody who wants a page. */
export function ask(host: string, path = "/"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port: Number(setting("E2E_APP_PORT")),
      path,
      headers: { host, accept: "text/html" },
    };
    const request = httpRequest(options, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", reject);
    request.end();
  });
}

/** Fails with what axe found, when it found anything. */
export async function expectAccessible(page: Page): Promise<void> {
  await waitForLife(page);
  // What is read anew is faded for as long, and fades back.
  await expect(page.locator("[data-waiting]")).toHaveCount(0);
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`,
  );
  expect(found).toEqual([]);
}

/** Creates a tenant through the dialog, as a person does, and waits until it is ready. Leaves its page open. */
export async function createTenant(page: Page, name: string): Promise<void> {
  await page.goto("/tenants");
  await page.getByRole("button", { name: "New tenant" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await expect(dialog.getByRole("combobox", { name: "Server" })).not.toHaveValue("");
  await dialog.getByRole("button", { name: "Create tenant" }).click();
  await expect(dialog.getByText(`${name} is ready.`)).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole("link", { name: "Open tenant" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
}

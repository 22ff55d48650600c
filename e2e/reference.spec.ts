import type pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { newKey } from "@/lib/keys/secret";
import { expect, test } from "./fixtures";

/** Makes an API key that may read tenants, and gives its secret. */
async function makeKey(sql: (text: string, values?: unknown[]) => Promise<pg.QueryResult>): Promise<string> {
  const { key, prefix, secretHash } = newKey();
  await sql(
    `INSERT INTO api_keys (id, prefix, secret_hash, name, permissions, created_by)
     VALUES ($1, $2, $3, 'reference', '{tenants:read}', 'test')`,
    [newId(new Date()), prefix, secretHash],
  );
  return key;
}

test("a visitor reads the API's reference and tries an operation with a key, and no other host is asked", async ({
  page,
  sql,
  baseURL,
}) => {
  const wrong: string[] = [];
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${baseURL}/`)) wrong.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  const key = await makeKey(sql);
  await page.goto("/reference");
  await expect(page.getByRole("heading", { name: "API reference" })).toBeVisible();
  await page.getByRole("button", { name: "Authorize" }).click();
  const dialog = page.locator(".dialog-ux");
  await dialog.getByLabel("auth-bearer-value").fill(key);
  await dialog.getByRole("button", { name: "Apply credentials" }).first().click();
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await page.locator("#operations-tag-Tenants").click();
  await page.locator("[id^='operations-Tenants-tenants'][id$='facets']").first().click();
  await page.getByRole("button", { name: "Execute" }).click();
  const answer = page.locator(".live-responses-table");
  await expect(answer.getByText("200", { exact: true })).toBeVisible();
  await expect(answer.getByText('"regions"')).toBeVisible();
  expect(wrong).toEqual([]);
});

test("who is signed in finds an operation by words and tries it without a key; the keys page leads there", async ({
  page,
  login,
}) => {
  await login("owner");
  await page.goto("/keys");
  await page.getByRole("link", { name: "API reference" }).click();
  // What is found stands open; a section that is closed stays closed for these words.
  const found = page.locator("[id^='operations-Tenants-tenants'][id$='facets']");
  const search = page.getByRole("searchbox", { name: "Find operations" });
  await search.fill("GET facets");
  await expect(found).toBeVisible();
  await expect(page.getByText(/^\d operations?$/)).toBeVisible();
  await page.locator("#operations-tag-Tenants").click();
  await expect(found).toHaveCount(0);
  await search.fill("no such words");
  await expect(page.getByText("No operation matches.")).toBeVisible();
  await search.fill("tenants facets");
  await found.click();
  await page.getByRole("button", { name: "Execute" }).click();
  await expect(page.locator(".live-responses-table").getByText("200", { exact: true })).toBeVisible();
});

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
  const dialog = page.getByRole("dialog", { name: "Authorize" });
  await expect(dialog.getByRole("textbox")).toHaveCount(1);
  await expect(dialog.getByLabel("auth-bearer-value")).toBeFocused();
  await expect(dialog.getByText("Who is signed in to the console needs none")).toBeInViewport();
  await dialog.getByRole("textbox").fill(key);
  await dialog.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
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

test("the reference fits a phone: fields have its width, and the command wraps beside no button", async ({
  page,
  login,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await login("owner");
  await page.goto("/reference");
  await page.getByRole("searchbox", { name: "Find operations" }).fill("PATCH /tenants/{id}");
  await expect(page.getByText("since version or If-Match").first()).toBeVisible();
  await page.getByRole("searchbox", { name: "Find operations" }).fill("tenants facets");
  await page.locator("[id^='operations-Tenants-tenants'][id$='facets']").click();
  await page.getByRole("button", { name: "Execute" }).click();
  const command = page.locator(".curl-command");
  const lines = command.locator(".curl").first();
  await expect(lines).toBeVisible();
  expect(await lines.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  const [text, copy] = [await lines.boundingBox(), await command.locator(".copy-to-clipboard").boundingBox()];
  expect((copy?.y ?? 0) + (copy?.height ?? 0)).toBeLessThanOrEqual(text?.y ?? 0);
  await page.getByRole("searchbox", { name: "Find operations" }).fill("PATCH /tenants/{id}");
  await page.getByText("since version or If-Match").first().click();
  const field = page.locator(".parameters-col_description input").first();
  expect((await field.boundingBox())?.width).toBeGreaterThan(0.7 * 390);
});

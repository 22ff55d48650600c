import { readFileSync } from "node:fs";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/tenancy/openapi.json/route";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

const ask = (headers: Record<string, string> = {}) =>
  GET(new NextRequest("http://localhost:3000/api/tenancy/openapi.json", { headers }), { params: Promise.resolve({}) });

test("anybody gets the very document that the repository holds", async () => {
  const response = await ask();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("cache-control")).toBe("public, no-cache");
  expect(response.headers.get("x-request-id")).toBeTruthy();
  expect(await response.json()).toEqual(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
});

test("who has it already is told so, also when something on the way weakened the tag", async () => {
  const etag = (await ask()).headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[0-9a-f]+"$/);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const response = await ask({ "if-none-match": known });
    expect(response.status, known).toBe(304);
    expect(await response.text()).toBe("");
    expect(response.headers.get("etag")).toBe(etag);
  }
  expect((await ask({ "if-none-match": '"other"' })).status).toBe(200);
});

test("a key that is not known is told so, as everywhere", async () => {
  expect((await ask({ "x-api-key": "tk_made-up" })).status).toBe(401);
});

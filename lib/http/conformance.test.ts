import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/tenancy/tenants/route";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { type Told, wrongAnswer, wrongExamples, wrongOutput } from "./testing-conformance";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

const facets = { regions: [{ value: "eu", tenants: 3 }], plans: [], tags: [] };

test("an output is held against the document, with all that is in it", () => {
  expect(wrongOutput("tenants.facets", 200, facets)).toBeUndefined();
  const strange = { ...facets, regions: [{ value: "eu", tenants: "3" }] };
  expect(wrongOutput("tenants.facets", 200, strange)).toMatch(/\/regions\/0\/tenants: must be integer/);
  expect(wrongOutput("tenants.facets", 200, { ...facets, secret: "x" })).toMatch(/additional properties.*secret/);
  const { tags: _, ...less } = facets;
  expect(wrongOutput("tenants.facets", 200, less)).toMatch(/required property 'tags'/);
});

test("an answer is held against the document: status, headers, type and body", async () => {
  const request = new NextRequest("http://localhost:3000/api/tenancy/tenants");
  const response = await GET(request, { params: Promise.resolve({}) });
  const { status, headers } = response;
  const told: Told = { method: "GET", url: request.url, status, headers, text: await response.text() };
  expect(wrongAnswer(told)).toBeUndefined();
  expect(wrongAnswer({ ...told, status: 418 })).toMatch(/no such status/);
  expect(wrongAnswer({ ...told, status: 403 })).toMatch(/\/status: must be equal to constant/);
  expect(wrongAnswer({ ...told, headers: new Headers() })).toMatch(/X-Request-Id is missing/);
  const html = new Headers(headers);
  html.set("content-type", "text/html");
  expect(wrongAnswer({ ...told, headers: html })).toMatch(/no answer of the type text\/html/);
  expect(wrongAnswer({ ...told, text: '{"title":"x"}' })).toMatch(/required property/);
  expect(wrongAnswer({ ...told, url: "/api/tenancy/nothing", status: 200 })).toMatch(/no such operation/);
});

test("every example of the document is as the schema beside it says", () => {
  const { examples, wrong } = wrongExamples();
  expect(wrong).toEqual([]);
  expect(examples).toBeGreaterThan(80);
});

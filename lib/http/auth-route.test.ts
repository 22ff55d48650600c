import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { authRoute } from "./auth-route";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

async function ask(method: string, path: string): Promise<Response> {
  const request = new NextRequest(`http://localhost:3000/api/auth/${path}`, { method });
  return await authRoute(request, { params: Promise.resolve({ nextauth: path.split("/") }) });
}

test.each([
  ["POST", "signout"],
  ["GET", "signout"],
  ["POST", "_log"],
  ["GET", "session"],
  ["POST", "session"],
  ["GET", "verify-request"],
  ["POST", "signin/credentials"],
  ["GET", "callback/credentials"],
  ["GET", "csrf/more"],
])("next-auth's %s %s, which nothing uses, is not served", async (method, path) => {
  const response = await ask(method, path);
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ status: 404, code: "not_found" });
});

test("what the sign-in page asks for is served", async () => {
  expect(await (await ask("GET", "csrf")).json()).toMatchObject({ csrfToken: expect.any(String) });
  expect(await (await ask("GET", "providers")).json()).toHaveProperty("credentials");
});

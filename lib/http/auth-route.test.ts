import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { authRoute } from "./auth-route";

// Outside of Next there is no request for next-auth to find its cookies in.
vi.mock("next-auth/next", () => ({ default: async () => new Response("next-auth") }));

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

test.each([
  ["GET", "csrf"],
  ["GET", "providers"],
  ["POST", "callback/credentials"],
  ["GET", "signin"],
  ["GET", "error"],
])("%s %s, which the sign-in page needs, is next-auth's", async (method, path) => {
  const response = await ask(method, path);
  expect(await response.text()).toBe("next-auth");
});

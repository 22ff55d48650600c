import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { showInvitation } from "@/lib/access/show-invitation";
import { AppError } from "@/lib/kernel/errors";
import { stopCounting } from "@/lib/keys/rate-limit";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { readPage } from "./page";

vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});
beforeEach(() => {
  vi.restoreAllMocks();
});

test("a page whose database is down fails with words, no values, and the id under which the log has it", async () => {
  const failed = vi.spyOn(log(), "error");
  vi.spyOn(controlDb().ipRule, "findMany").mockImplementation(() => {
    throw Object.assign(new Error("connect ECONNREFUSED, token=s3cret"), { code: "ECONNREFUSED" });
  });
  const error: unknown = await readPage(showInvitation, { token: "s3cret" }).catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw error;
  expect(error).toMatchObject({ code: "unavailable", digest: expect.any(String) });
  expect(`${error.message}${error.stack}`).not.toContain("s3cret");
  const digest = "digest" in error ? error.digest : "";
  const [kind, requestId] = String(digest).split(":");
  expect(kind).toBe("unavailable");
  expect(failed).toHaveBeenCalledWith(expect.objectContaining({ requestId }), "a request failed");
});

test("what Next throws itself is passed on", async () => {
  vi.spyOn(controlDb().ipRule, "findMany").mockImplementation(() => {
    throw Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;replace;/elsewhere;307;" });
  });
  await expect(readPage(showInvitation, { token: "x" })).rejects.toMatchObject({ message: "NEXT_REDIRECT" });
});

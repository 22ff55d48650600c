import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { showInvitation } from "@/lib/access/show-invitation";
import { AppError } from "@/lib/kernel/errors";
import { stopCounting } from "@/lib/keys/rate-limit";
import { log } from "@/lib/platform/log";
import { quickDb } from "@/lib/platform/quick-db";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { readFirst, readPage } from "./page";

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
  vi.spyOn(quickDb(), "$queryRaw").mockImplementation(() => {
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
  vi.spyOn(quickDb(), "$queryRaw").mockImplementation(() => {
    throw Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;replace;/elsewhere;307;" });
  });
  await expect(readPage(showInvitation, { token: "x" })).rejects.toMatchObject({ message: "NEXT_REDIRECT" });
});

test("a screen that can stand without figures is shown where what is asked for can't be, and a wrong id is no address", async () => {
  const refused = (fields: Record<string, string>) => {
    vi.spyOn(quickDb(), "$queryRaw").mockImplementation(() => {
      throw new AppError("invalid", "Some fields need another look.", { fields });
    });
    return readFirst(showInvitation, { token: "x" });
  };
  expect(await refused({ granularity: "Steps of a minute are too many for this period." })).toBeUndefined();
  await expect(refused({ id: "This is not an id." })).rejects.toMatchObject({ digest: expect.stringContaining("404") });
});

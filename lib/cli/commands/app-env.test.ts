import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";

let control: TestControl;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});

test("app-env prints what a shell takes over for an app, whatever the password holds", () => {
  const url = new URL(control.url);
  url.searchParams.set("application_name", "it's");
  const given = { PATH: process.env.PATH ?? "", NODE_ENV: "production" as const, TENANTRY_DATA_DIR: folder };
  const TENANTRY_SECRET_KEY = process.env.TENANTRY_SECRET_KEY ?? "";
  const own = { ...given, DATABASE_URL: url.href, TENANTRY_SECRET_KEY };
  const printed = execFileSync(process.execPath, ["scripts/tenantry.mjs", "app-env"], { env: own, encoding: "utf8" });
  const script = `${printed}printf '%s\\n' "$TENANTRY_DATABASE_URL" "$TENANTRY_SECRET_KEY"`;
  const shown = execFileSync("sh", ["-c", script], { env: given, encoding: "utf8" });
  expect(shown.trim().split("\n")).toEqual([url.href, TENANTRY_SECRET_KEY]);
});

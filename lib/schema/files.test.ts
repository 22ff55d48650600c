import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { readFolder } from "./folder";
import { readSeed } from "./seed";

// The log that tells where it lies wants the settings.
let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

test("what can't be read is called by its setting: where it lies on the host is nobody else's business", () => {
  expect(() => readFolder("/nowhere/secret")).toThrow("The folder that TENANT_MIGRATIONS names can't be read.");
  expect(() => readSeed("/nowhere/secret/seed.sql")).toThrow("The file that TENANT_SEED names can't be read.");
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { tenantLimit } from "@/lib/forecast/limits";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { filledSize } from "@/sample/past";
import { demoTenants } from "@/sample/shapes";
import { demoSettings, missingTenants } from "./demo";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
});

test("a demo tenant that is there, or was purged, is not made again", async () => {
  expect(await missingTenants(controlDb())).toEqual(demoTenants);
  const [one, two, ...others] = demoTenants;
  await control.makeTenant(one?.slug ?? "");
  const purged = await control.makeTenant(two?.slug ?? "");
  await control.sql("UPDATE tenants SET status = 'deleting', deleted_at = now() WHERE id = $1", [purged.id]);
  expect(await missingTenants(controlDb())).toEqual(others);
});

test("some demo tenants have a limit of storage that they have not reached when they begin", () => {
  const limited = demoTenants.flatMap((tenant) => {
    const found = tenantLimit(demoSettings(tenant), "storage");
    return found ? [{ limit: found.limit, size: filledSize(tenant) }] : [];
  });
  expect(limited).toHaveLength(3);
  for (const { limit, size } of limited) expect(size).toBeLessThan(limit);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { targetsOf } from "./targets";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const claimed = (tenantId: string) => ({ position: 0, tenantId, lease: "", attempt: 1, saved: null });

test("an item is given its tenant's row and its server's as Prisma reads them, and how to reach the server", async () => {
  const { id } = await control.makeTenant("shop");
  await controlDb().tenant.update({
    where: { id },
    data: { tags: ["a", "b"], settings: { seats: 3 }, purgeAfter: new Date(), statusBefore: "blocked" },
  });
  const target = await targetsOf([claimed(id)])(id);
  expect(target?.tenant).toEqual(
    await controlDb().tenant.findUniqueOrThrow({ where: { id }, include: { server: true } }),
  );
  expect(target?.server).toEqual(control.access);
});

test("a tenant that is gone is told as gone, an unknown one not at all", async () => {
  const { id } = await control.makeTenant("gone");
  await controlDb().tenant.update({ where: { id }, data: { deletedAt: new Date() } });
  expect((await targetsOf([claimed(id)])(id))?.tenant.deletedAt).toBeInstanceOf(Date);
  const unknown = newId(new Date());
  expect(await targetsOf([claimed(unknown)])(unknown)).toBeUndefined();
});

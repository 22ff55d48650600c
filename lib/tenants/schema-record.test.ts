import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { recordSchema } from "./schema-record";

let control: TestControl;
let ids: string[];
beforeAll(async () => {
  control = await testControl();
  ids = await Promise.all(["amber", "birch", "cedar", "dune"].map(async (slug) => (await control.makeTenant(slug)).id));
});
afterAll(() => control.close());

/** Reports of all tenants at once, so that they are written together; `odd` is the third's. */
async function report(odd: { error: string | null; at?: Date }) {
  const usual = { at: new Date(), standing: { version: "1_first", applied: 1 }, error: null };
  const all = ids.map((tenantId, index) => recordSchema({ tenantId, ...usual, ...(index === 2 ? odd : {}) }));
  const results = await Promise.allSettled(all);
  const rows = await controlDb().tenantSchema.findMany();
  return {
    results: results.map(({ status }) => status),
    errors: ids.map((id) => rows.find((row) => row.tenantId === id)?.error),
  };
}

test("half a character in one tenant's error keeps no other's report from being written, nor its own", async () => {
  const { results, errors } = await report({ error: "no \ud83d, no \0" });
  expect(results).toEqual(Array(4).fill("fulfilled"));
  expect(errors).toEqual([null, null, "no \ufffd, no \ufffd", null]);
});

test("a report that can't be written fails alone", async () => {
  await controlDb().tenantSchema.deleteMany();
  await control.sql("ALTER TABLE tenant_schemas ADD CONSTRAINT short CHECK (length(error) < 10)");
  const { results, errors } = await report({ error: "longer than that" });
  await control.sql("ALTER TABLE tenant_schemas DROP CONSTRAINT short");
  expect(results).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(errors).toEqual([null, null, undefined, null]);
});

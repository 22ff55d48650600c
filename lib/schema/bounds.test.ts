import type { Socket } from "node:net";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { usualLimits } from "./apply";
import { readStructure } from "./fingerprint";
import { seedDatabase } from "./seed";
import { tenantClient } from "./testing-folder";

let control: TestControl;
let client: pg.Client;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await client.end();
  await control.close();
});
beforeEach(async () => {
  const tenant: TestTenant = await control.makeTenant(`bounds-${made++}`);
  await control.sql(`ALTER SCHEMA public OWNER TO "${tenant.role}"`, [], tenant.database);
  await client?.end();
  client = await tenantClient(control, tenant);
});

/** How many bytes the server sent for something. */
async function received(work: () => Promise<unknown>): Promise<number> {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  const before = stream.bytesRead;
  await work();
  return stream.bytesRead - before;
}

test("of a comment where the mark of a seed would be, no more than that is read", async () => {
  const seeded = () => seedDatabase(client, "SELECT 1", { ...usualLimits, runId: newId(new Date()), again: false });
  expect(await seeded()).toBe(true);
  const comment = (text: string) => `COMMENT ON TABLE public._prisma_migrations IS '${text}'`;
  await client.query(comment(`tenantry-seed: ${"x".repeat(2_000_000)}`));
  expect(await received(async () => expect(await seeded()).toBe(false))).toBeLessThan(10_000);
});

test("long names are told by their beginning and told apart by the rest", async () => {
  const parameters = (last: string) =>
    `${Array.from({ length: 90 }, (_, n) => `${"p".repeat(55)}${n} int`)}, z ${last}`;
  await client.query(
    `CREATE FUNCTION f(${parameters("int")}) RETURNS int LANGUAGE sql AS 'SELECT 1';
     CREATE FUNCTION f(${parameters("text")}) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  );
  const names = Object.keys(await readStructure(client));
  expect(names).toHaveLength(2);
  for (const name of names) expect(name.length).toBeLessThan(600);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { fire } from "./testing-fire";
import { type OwnServer, ownServer, type Stamped, stampedTenants } from "./testing-postgres";

let control: TestControl;
let server: OwnServer;
let tenants: Stamped[];

beforeAll(async () => {
  control = await testControl();
  server = await ownServer(["fsync=off"]);
  tenants = await stampedTenants(server, control.sql, 24);
});
afterAll(async () => {
  await server.end();
  await control.close();
});

test("under fire every row that is read is the asking tenant's own, and all are served again afterwards", async () => {
  const burnt = await fire({
    ...{ server, control: (text, values) => control.sql(text, values), tenants },
    ...{ clients: 32, seconds: 10, least: 300, total: 10, restarts: 2 },
  });
  console.log(JSON.stringify(burnt));
  expect(burnt.wrong).toEqual([]);
  expect(Object.keys(burnt.errors).filter((kind) => kind.startsWith("other"))).toEqual([]);
  expect(burnt.rows).toBeGreaterThanOrEqual(300);
  expect(burnt.pools.mostOpen).toBeLessThanOrEqual(10);
  expect(burnt.pools.evictions).toBeGreaterThan(0);
  expect(burnt.chaos.restarts).toBe(2);
  expect(burnt.chaos.terminated).toBeGreaterThan(0);
  expect(burnt.quiet).toBe(tenants.length);
  expect(burnt.drained).toBe(true);
  expect(burnt.pools.left).toBe(0);
}, 180_000);

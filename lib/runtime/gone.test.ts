import { createServer, request, type Server } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { createRuntime, type Runtime } from "./runtime";

let control: TestControl;
let tenant: TestTenant;
let runtime: Runtime;
let server: Server;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("amber");
  runtime = createRuntime({ pools: { perTenant: 1 } });
  const listener = runtime.handler(async ({ method }, response) => {
    await runtime.query("SELECT pg_sleep($1)", [method === "GET" ? 30 : 1]);
    await runtime.query("CREATE TABLE done ()");
    response.end("done");
  });
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await runtime.close();
  await control.close();
});

/** Asks, and hangs up once PostgreSQL is at work. */
async function askAndLeave(method: string): Promise<void> {
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const asked = request({ host: "127.0.0.1", port, method, headers: { host: "amber.localhost" } });
  asked.on("error", () => undefined).end();
  await sleeping(1);
  asked.destroy();
}

async function sleeping(count: number): Promise<void> {
  const asleep = "SELECT FROM pg_stat_activity WHERE datname = $1 AND query LIKE '%pg_sleep%' AND state = 'active'";
  await vi.waitFor(async () => expect((await control.sql(asleep, [tenant.database])).rowCount).toBe(count), 5000);
}

const table = async () => (await control.sql("SELECT to_regclass('done') AS t", [], tenant.database)).rows[0].t;

test("when the visitor of a page goes away, PostgreSQL stops working for nobody, and the connection is kept", async () => {
  await askAndLeave("GET");
  await sleeping(0);
  await vi.waitFor(() => expect(runtime.stats()).toMatchObject({ idle: 1, connects: 1, losses: 0 }), 5000);
  expect(await table()).toBeNull();
});

test("what a visitor sent is done to its end, also when nobody waits for the answer", async () => {
  await askAndLeave("POST");
  await vi.waitFor(async () => expect(await table()).toBe("done"), 5000);
});

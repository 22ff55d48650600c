import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quoteName } from "@/lib/platform/postgres";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { act, testWork } from "../testing-work";
import { terminateConnections } from "./terminate-connections";

let control: TestControl;
let tenant: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("amber");
  other = await control.makeTenant("birch");
});
afterAll(() => control.close());

type Session = { client: pg.Client; ended: Promise<unknown>; open: () => boolean };

async function session(user: string, password: string, database: string, name = "psql"): Promise<Session> {
  const { host, port } = control.access;
  const client = new pg.Client({ host, port, user, password, database, application_name: name });
  client.on("error", () => undefined);
  let open = true;
  const ended = new Promise((resolve) =>
    client.once("end", () => {
      open = false;
      resolve(true);
    }),
  );
  await client.connect();
  return { client, ended, open: () => open };
}

const asAdministrator = (database: string, name?: string) =>
  session(control.access.adminUser, control.access.adminPassword, database, name);

test("its sessions end, wherever they are, and everybody's in its database; nobody else's", async () => {
  const mine = await session(tenant.role, tenant.password, tenant.database);
  const elsewhere = await session(tenant.role, tenant.password, "postgres");
  const visitor = await asAdministrator(tenant.database);
  const ours = await asAdministrator(tenant.database, "tenantry-bulk");
  const theirs = await session(other.role, other.password, other.database);
  const outcome = await act(terminateConnections, await testWork(control, tenant.id));
  expect(outcome).toEqual({ status: "done", words: "Ended 3 connections." });
  await Promise.all([mine.ended, elsewhere.ended, visitor.ended]);
  for (const { client } of [ours, theirs]) {
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await client.end();
  }
  expect(await act(terminateConnections, await testWork(control, tenant.id))).toEqual({
    status: "skipped",
    words: "No connection was open that could be ended.",
  });
});

test("a tenant can't keep its sessions by calling them Tenantry's", async () => {
  const disguised = await session(tenant.role, tenant.password, tenant.database, "tenantry-bulk");
  expect(await act(terminateConnections, await testWork(control, tenant.id))).toMatchObject({
    words: "Ended 1 connection.",
  });
  await disguised.ended;
});

test("an administrator who is no superuser leaves superusers' sessions, and says so", async () => {
  const name = `keeper_${tenant.role}`;
  await control.sql(`CREATE ROLE ${quoteName(name)} LOGIN PASSWORD 'keeper' IN ROLE pg_signal_backend`, [], "postgres");
  const mine = await session(tenant.role, tenant.password, tenant.database);
  const root = await asAdministrator(tenant.database);
  const server = { ...control.access, adminUser: name, adminPassword: "keeper" };
  const outcome = await act(terminateConnections, await testWork(control, tenant.id, { server }));
  expect(outcome.words).toBe("Ended 1 connection. 1 connection of superusers could not be ended.");
  await mine.ended;
  expect(root.open()).toBe(true);
  await root.client.end();
  await control.sql(`DROP ROLE ${quoteName(name)}`, [], "postgres");
});

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type OwnServer, type OwnTenant, ownServer } from "@/lib/isolation/testing-servers";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listOrphans } from "./list-orphans";
import { showDiagnosis } from "./show-diagnosis";
import { findings, mend, onlyFinding, soundTenant } from "./testing";

let control: TestControl;
let server: OwnServer;
let a: OwnTenant;

beforeAll(async () => {
  control = await testControl();
  await controlDb().server.delete({ where: { id: control.serverId } });
  server = await ownServer("Nürnberg 1");
  a = await soundTenant(server, "amber");
  await soundTenant(server, "birch");
});
afterAll(async () => {
  await server.stop();
  await control.close();
});
// Every test mends what it planted: the fleet is healthy between them.
afterEach(async () => expect(await findings()).toEqual([]));

const status = (value: "active" | "suspended") =>
  controlDb().tenant.update({ where: { id: a.id }, data: { status: value } });

test("a healthy fleet has no finding, and tells which servers were asked", async () => {
  const { findings: none, servers, rules } = await perform(showDiagnosis, as("auditor"), {});
  expect(none).toEqual([]);
  expect(servers).toMatchObject([{ server: { name: "Nürnberg 1" }, asked: true }]);
  expect(rules.every((rule) => rule.findings === 0)).toBe(true);
});

test("a locked tenant that can still sign in is critical, and is shut out again", async () => {
  await status("suspended");
  const found = await onlyFinding();
  expect(found).toMatchObject({ rule: "status-open", severity: "critical", mendable: true, subject: { id: a.id } });
  expect(found.words).toContain("may still sign in");
  expect(await mend(found.id)).toMatchObject([{ outcome: "mended" }]);
  const { rows } = await server.sql(`SELECT rolcanlogin FROM pg_roles WHERE rolname = '${a.role}'`);
  expect(rows).toEqual([{ rolcanlogin: false }]);
  expect(await mend(found.id)).toMatchObject([{ outcome: "gone" }]);
  await status("active");
  const shut = await onlyFinding();
  expect(shut).toMatchObject({ rule: "status-shut", words: expect.stringContaining("CONNECTION LIMIT 0") });
  expect(await mend(shut.id)).toMatchObject([{ outcome: "mended" }]);
  const told = await controlDb().tenantActivity.findMany({ where: { tenantId: a.id } });
  expect(told.map(({ description }) => description)).toContainEqual(
    expect.stringContaining("holds to its status again"),
  );
  const trail = await controlDb().auditEvent.findFirst({ where: { operation: "fleet.mend" }, orderBy: { id: "desc" } });
  expect(trail?.after).toMatchObject({ results: [{ id: shut.id, outcome: "mended" }] });
});

test("limits that differ from the registry's are found and set again", async () => {
  await server.sql(`ALTER ROLE ${a.role} CONNECTION LIMIT 7`);
  const found = await onlyFinding();
  expect(found).toMatchObject({ rule: "limits-differ", words: expect.stringContaining("a limit of 7 of connections") });
  expect(await mend(found.id)).toMatchObject([{ outcome: "mended" }]);
  await server.sql(`ALTER ROLE ${a.role} IN DATABASE ${a.database} SET work_mem = '64MB'`);
  expect(await mend((await onlyFinding()).id)).toMatchObject([{ outcome: "mended" }]);
});

test("a database that belongs to another role is found and given back", async () => {
  await server.sql(`ALTER DATABASE ${a.database} OWNER TO tenantry`);
  const found = await onlyFinding();
  expect(found).toMatchObject({ rule: "wrong-owner", words: `The database ${a.database} belongs to tenantry.` });
  expect(await mend(found.id)).toMatchObject([{ outcome: "mended", words: expect.stringContaining(a.role) }]);
});

test("a database or role that is missing, or a role without the mark, is told and never mended", async () => {
  await server.sql(`ALTER DATABASE ${a.database} RENAME TO away`);
  const [missing] = await findings();
  expect(missing).toMatchObject({ rule: "database-missing", severity: "critical", mendable: false });
  expect(await mend(missing?.id ?? "")).toMatchObject([{ outcome: "refused" }]);
  await server.sql(`ALTER DATABASE away RENAME TO ${a.database}`);
  await server.sql(`ALTER ROLE ${a.role} RENAME TO away`);
  expect((await findings()).map(({ rule }) => rule)).toEqual(["role-missing"]);
  await server.sql(`ALTER ROLE away RENAME TO ${a.role}`);
  await server.sql(`COMMENT ON ROLE ${a.role} IS 'somebody else''s'`);
  expect(await onlyFinding()).toMatchObject({ rule: "role-foreign", mendable: false });
  await server.sql(`COMMENT ON ROLE ${a.role} IS 'tenantry:${a.id}'`);
});

test("what was made for a tenant that is gone is an orphan, with its size; others' are listed, not found", async () => {
  const gone = newId(new Date());
  await server.sql(`CREATE ROLE left_over LOGIN; COMMENT ON ROLE left_over IS 'tenantry:${gone}'`);
  await server.sql("CREATE DATABASE left_over OWNER left_over");
  await server.sql(`COMMENT ON DATABASE left_over IS 'tenantry:${gone}'`);
  await server.sql("CREATE DATABASE somebodys");
  expect((await findings()).map(({ rule, subject }) => [rule, subject.name])).toEqual([
    ["database-orphan", "left_over"],
    ["role-orphan", "left_over"],
  ]);
  const session = await server.open("somebodys");
  const { orphans, unasked } = await perform(listOrphans, as("auditor"), {});
  await session.end();
  expect(unasked).toEqual([]);
  expect(orphans).toMatchObject([
    { kind: "database", name: "left_over", made: true, madeFor: gone, sessions: 0, lastActivityAt: null },
    { kind: "database", name: "somebodys", made: false, sessions: 1, todo: expect.stringContaining("in use") },
    { kind: "role", name: "left_over", made: true, canSignIn: true },
  ]);
  expect(orphans[0]?.bytes).toBeGreaterThan(1_000_000);
  expect(orphans[1]?.lastActivityAt).not.toBeNull();
  await server.sql("DROP DATABASE left_over");
  await server.sql("DROP DATABASE somebodys");
  await server.sql("DROP ROLE left_over");
});

test("a server that is away is told and keeps the others from nothing", async () => {
  const id = newId(new Date());
  const address = { region: "local", host: "127.0.0.1", port: 1, adminUser: "tenantry" };
  await controlDb().server.create({ data: { id, name: "Away", ...address } });
  await status("suspended");
  const { findings: both, servers } = await perform(showDiagnosis, as("owner"), {});
  expect(both.map(({ rule }) => rule)).toEqual(["server-unreachable", "status-open"]);
  expect(servers.map(({ asked }) => asked)).toEqual([false, true]);
  expect(await perform(listOrphans, as("owner"), {})).toMatchObject({
    orphans: [],
    unasked: [{ server: { name: "Away" } }],
  });
  const one = await perform(showDiagnosis, as("owner"), { server: id });
  expect(one.findings).toMatchObject([{ rule: "server-unreachable" }]);
  await status("active");
  await controlDb().server.delete({ where: { id } });
});

test("the same cluster twice, and a server that nobody measures, are told", async () => {
  const row = await controlDb().server.findUniqueOrThrow({ where: { id: server.id } });
  const id = newId(new Date());
  await controlDb().server.create({ data: { ...row, id, name: "Again", adminSecret: null, host: "localhost" } });
  const twin = await findings();
  // Without its password it can't be asked: nothing is said of what is not known.
  expect(twin.map(({ rule }) => rule)).toEqual(["server-unreachable"]);
  await server.sql("CREATE ROLE twin LOGIN SUPERUSER PASSWORD 'twin'");
  const { sealAdminPassword } = await import("@/lib/servers/access");
  await controlDb().server.update({
    where: { id },
    data: { adminUser: "twin", adminSecret: await sealAdminPassword(id, "twin") },
  });
  const both = await findings();
  expect(both.map(({ rule, subject }) => [rule, subject.name])).toEqual([
    ["server-twice", "Again"],
    ["server-twice", "Nürnberg 1"],
  ]);
  await controlDb().server.delete({ where: { id } });
  await server.sql("DROP ROLE twin");
  await controlDb().server.update({ where: { id: server.id }, data: { lastTickAt: new Date(Date.now() - 120_000) } });
  expect(await onlyFinding()).toMatchObject({ rule: "server-unmeasured" });
  await controlDb().server.update({ where: { id: server.id }, data: { lastTickAt: new Date(Date.now() + 300_000) } });
});

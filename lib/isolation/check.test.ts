import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { tenantry } from "@/lib/cli/testing";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { listen } from "@/lib/platform/notify";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { checkDue } from "./check-due";
import { checkIsolation } from "./check-isolation";
import { checkServer } from "./check-server";
import { listIsolationFindings } from "./list-findings";
import { showIsolation } from "./show-overview";
import { type OwnServer, type OwnTenant, ownServer } from "./testing-servers";

let control: TestControl;
let server: OwnServer;
let a: OwnTenant;
let b: OwnTenant;
beforeAll(async () => {
  control = await testControl();
  // The run's own server is everybody's; here is one alone.
  await controlDb().server.deleteMany();
  server = await ownServer("Nürnberg 1");
  a = await server.tenant("amber");
  b = await server.tenant("birch");
}, 120_000);
afterAll(async () => {
  await server.stop();
  await control.close();
});

const row = () => controlDb().server.findUniqueOrThrow({ where: { id: server.id } });
const prove = () => perform(checkIsolation, as("operator"), {});
const plant = () => server.sql("GRANT CONNECT ON DATABASE t_amber TO t_birch");
const mend = () => server.sql("REVOKE CONNECT ON DATABASE t_amber FROM t_birch");
const findings = async (input: object = {}) => (await perform(listIsolationFindings, as("viewer"), input)).findings;
const standing = async () => (await perform(showIsolation, as("viewer"), {})).servers[0];
const timeline = async () =>
  (await controlDb().tenantActivity.findMany({ where: { tenantId: a.id }, orderBy: { id: "asc" } })).map(
    ({ description }) => description,
  );

test("a server that nobody looked at is not said to be proven", async () => {
  expect(await standing()).toMatchObject({ state: "never", checkedAt: null, findings: 0 });
});

test("a leak is one finding from when it is seen until it is gone, on the timeline and on the wire", async () => {
  const heard: string[] = [];
  const stop = new AbortController();
  await new Promise<void>((resolve) =>
    listen(
      ["tenantry_isolation"],
      { onMessage: (_, payload) => heard.push(payload), onConnected: resolve },
      stop.signal,
    ),
  );
  expect(await prove()).toMatchObject({ findings: 0, servers: [{ state: "proven", tenants: 2, error: null }] });
  await plant();
  expect(await prove()).toMatchObject({ findings: 1, servers: [{ state: "leaking" }] });
  const [first] = await findings();
  expect(first).toMatchObject({
    ...{ tenant: { id: a.id, slug: "amber" }, rule: "connect", subject: "t_birch", stale: false, resolvedAt: null },
    ...{ words: "The role t_birch may connect to its database." },
    mend: "REVOKE CONNECT ON DATABASE t_amber FROM t_birch;",
  });
  await prove();
  const [again] = await findings();
  expect(again).toMatchObject({ id: first?.id, firstSeen: first?.firstSeen });
  expect(Date.parse(again?.lastSeen ?? "")).toBeGreaterThan(Date.parse(first?.lastSeen ?? ""));
  await mend();
  expect(await prove()).toMatchObject({ findings: 0, servers: [{ state: "proven" }] });
  expect(await findings()).toEqual([]);
  expect(await findings({ state: "resolved" })).toMatchObject([{ id: first?.id, resolvedAt: expect.any(String) }]);
  expect(await timeline()).toEqual([
    "Isolation. Found: The role t_birch may connect to its database.",
    "Isolation. No longer: The role t_birch may connect to its database.",
  ]);
  await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(8), 5000);
  expect(new Set(heard)).toEqual(new Set([server.id]));
  stop.abort();
});

test("leaks of a tenant whose row is gone close, and the server is proven", async () => {
  const gone = "00000000-0000-7000-8000-0000000090e0";
  await control.sql(
    `INSERT INTO isolation_findings (server_id, tenant_id, rule, subject, words, first_seen, last_seen)
     VALUES ($1, $2, 'exists', '', 'Its role does not exist on the server.', now() - interval '1 hour', now() - interval '1 hour')`,
    [server.id, gone],
  );
  expect(await prove()).toMatchObject({ findings: 0, servers: [{ state: "proven", error: null }] });
  expect(await findings({ state: "resolved", tenant: gone })).toMatchObject([{ resolvedAt: expect.any(String) }]);
  await control.sql("DELETE FROM isolation_findings WHERE tenant_id = $1", [gone]);
});

test("findings come in the order asked for", async () => {
  const gone = "00000000-0000-7000-8000-0000000090e1";
  await control.sql(
    `INSERT INTO isolation_findings (server_id, tenant_id, rule, subject, words, first_seen, last_seen, resolved_at)
     SELECT $1, $2, rule, '', 'x', now() - first * interval '1 hour', now() - last * interval '1 minute', now()
       FROM (VALUES ('b', 2, 3), ('c', 3, 1), ('a', 1, 2)) AS f (rule, first, last)`,
    [server.id, gone],
  );
  const rules = async (input: object) =>
    (await findings({ state: "resolved", tenant: gone, ...input })).map(({ rule }) => rule);
  expect(await rules({})).toEqual(["a", "b", "c"]);
  expect(await rules({ sort: "firstSeen" })).toEqual(["a", "b", "c"]);
  expect(await rules({ sort: "firstSeen", order: "asc" })).toEqual(["c", "b", "a"]);
  expect(await rules({ sort: "lastSeen" })).toEqual(["c", "a", "b"]);
  expect(await rules({ sort: "rule", order: "asc" })).toEqual(["a", "b", "c"]);
  await control.sql("DELETE FROM isolation_findings WHERE tenant_id = $1", [gone]);
});

test("many at once find one leak once, and what ends late does not overwrite what was seen later", async () => {
  await plant();
  await Promise.all(Array.from({ length: 6 }, async () => await checkServer(await row(), as("system"))));
  expect(await findings()).toHaveLength(1);
  expect((await timeline()).filter((words) => words.includes("Found"))).toHaveLength(2);
  await mend();
  // Somebody else's later look is kept already.
  await control.sql("UPDATE isolation_checks SET looked_at = started_at + interval '1 hour'");
  await checkServer(await row(), as("system"));
  expect(await findings()).toHaveLength(1);
  await control.sql("UPDATE isolation_checks SET looked_at = started_at");
  await checkServer(await row(), as("system"));
  expect(await findings()).toEqual([]);
});

test("a server that can't be asked is failed; what was found stands and says that nobody looked since", async () => {
  await plant();
  await prove();
  const before = await standing();
  await controlDb().server.update({ where: { id: server.id }, data: { port: 1 } });
  const { servers, findings: open } = await prove();
  expect(open).toBe(1);
  expect(servers).toMatchObject([
    {
      state: "failed",
      error: expect.stringMatching(/can't be reached/),
      checkedAt: before?.checkedAt,
      pairs: before?.pairs,
    },
  ]);
  expect(await findings()).toMatchObject([{ stale: true }]);
  await controlDb().server.update({ where: { id: server.id }, data: { port: server.port } });
  await mend();
  expect((await prove()).servers).toMatchObject([{ state: "proven", error: null }]);
});

test("of a tenant that changes while it is looked at, nothing is said", async () => {
  await plant();
  const holder = await server.open();
  await holder.query("BEGIN; LOCK TABLE pg_shdescription IN ACCESS EXCLUSIVE MODE");
  const checking = checkServer(await row(), as("system"));
  const waiting = `SELECT FROM pg_stat_activity WHERE application_name = 'tenantry-isolation' AND wait_event_type = 'Lock'`;
  await vi.waitFor(async () => expect((await server.sql(waiting)).rowCount).toBe(1), { timeout: 10_000 });
  await controlDb().tenant.update({ where: { id: a.id }, data: { status: "provisioning" } });
  await holder.end();
  await checking;
  expect((await standing())?.error).toBeNull();
  expect(await findings()).toEqual([]);
  await controlDb().tenant.update({ where: { id: a.id }, data: { status: "active" } });
  await prove();
  expect(await findings()).toHaveLength(1);
  await mend();
  await prove();
});

describe("the command line", () => {
  test("ends with 0 when all is proven, 7 when something leaks, 1 when a server can't be asked, 4 when there is none", async () => {
    expect(await tenantry("isolation")).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^Nürnberg 1: proven \(2 tenants and \d+ roles, \d+ pairs in [\d.]+ s\)\. Can't be held back: tenantry\.\n$/,
      ),
    });
    await plant();
    expect(await tenantry("isolation", "--server", "Nürnberg 1")).toMatchObject({
      code: 7,
      out: expect.stringMatching(
        /1 leak .*\n- Nürnberg 1, amber \(connect, since .*\): The role t_birch may connect.*\n {4}REVOKE CONNECT/,
      ),
      said: expect.stringMatching(/Tenants are not apart: 1 leak/),
    });
    const json = await tenantry("isolation", "--json");
    expect(json.code).toBe(7);
    expect(JSON.parse(json.out)).toMatchObject({ servers: [{ state: "leaking" }], findings: [{ rule: "connect" }] });
    await mend();
    await controlDb().server.update({ where: { id: server.id }, data: { port: 1 } });
    expect(await tenantry("isolation")).toMatchObject({
      code: 1,
      said: expect.stringMatching(/1 server could not be asked/),
    });
    await controlDb().server.update({ where: { id: server.id }, data: { port: server.port } });
    expect(await tenantry("isolation", "--server", "Nowhere")).toMatchObject({ code: 4, out: "" });
    expect(await tenantry("isolation", "--what")).toMatchObject({ code: 2, out: "" });
  });

  test("shows characters that move a terminal's cursor as their codes", async () => {
    await server.sql('CREATE ROLE "red\u001b[31m\nred" LOGIN; GRANT t_amber TO "red\u001b[31m\nred"');
    const { out } = await tenantry("isolation");
    expect(out).toContain("The role red?[31m?red is a member of its role.");
    // The SQL takes the true name.
    expect(out).toContain('FROM "red\\u001b[31m\\u000ared"');
    await server.sql('DROP ROLE "red\u001b[31m\nred"');
  });
});

describe("the worker", () => {
  const at = (time: number) => () => new Date(time);
  const signal = new AbortController().signal;

  test("checks what was never checked, then after hours, soon after a failure, and after a tenant was made", async () => {
    await controlDb().isolationCheck.deleteMany();
    const start = Date.now();
    const minute = 60_000;
    expect(await checkDue(at(start), signal)).toBe(1);
    expect(await checkDue(at(start + 359 * minute), signal)).toBe(0);
    expect(await checkDue(at(start + 361 * minute), signal)).toBe(1);
    // As if it had looked before this tenant was made, which was dated back since, as the demo's are.
    const made = Number.parseInt(b.id.replaceAll("-", "").slice(0, 12), 16);
    await control.sql("UPDATE tenants SET created_at = '2020-01-01' WHERE id = $1", [b.id]);
    await control.sql("UPDATE isolation_checks SET looked_at = $1 WHERE server_id = $2", [
      new Date(made - 1),
      server.id,
    ]);
    expect(await checkDue(at(start + 363 * minute), signal)).toBe(0);
    expect(await checkDue(at(start + 367 * minute), signal)).toBe(1);
    expect(await checkDue(at(start + 380 * minute), signal)).toBe(0);
    await control.sql("UPDATE isolation_checks SET error = 'away'");
    expect(await checkDue(at(start + 376 * minute), signal)).toBe(0);
    expect(await checkDue(at(start + 378 * minute), signal)).toBe(1);
    expect(await controlDb().isolationCheck.findFirst()).toMatchObject({ error: null, askedBy: "Tenantry" });
  });

  test("is one of several that begins a check, and takes up one that was cut off", async () => {
    await controlDb().isolationCheck.deleteMany();
    const now = at(Date.now());
    const begun = await Promise.all([1, 2, 3, 4].map(() => checkDue(now, signal)));
    expect(begun.reduce((sum, one) => sum + one, 0)).toBe(1);
    await control.sql("UPDATE isolation_checks SET finished_at = NULL");
    expect(await checkDue(at(Date.now() + 60_000), signal)).toBe(0);
    expect(await checkDue(at(Date.now() + 180_000), signal)).toBe(1);
  });

  test("leaves it alone where ISOLATION_CHECK_HOURS is 0", async () => {
    await controlDb().isolationCheck.deleteMany();
    vi.resetModules();
    vi.stubEnv("ISOLATION_CHECK_HOURS", "0");
    const { checkDue: fresh } = await import("./check-due");
    expect(await fresh(at(Date.now()), signal)).toBe(0);
    vi.unstubAllEnvs();
  });
});

test("who may not is refused, and there is no other server", async () => {
  await expect(perform(checkIsolation, as("viewer"), {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    perform(showIsolation, as("viewer", { scope: { kind: "tag", values: ["eu"] } }), {}),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
  const unknown = "00000000-0000-7000-8000-000000000009";
  await expect(perform(checkIsolation, as("operator"), { server: unknown })).rejects.toMatchObject({
    code: "not_found",
  });
});

import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type OwnServer, type OwnTenant, ownServer } from "@/lib/isolation/testing-servers";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { readMigrations } from "@/lib/schema/folder";
import { mendFindings } from "./mend-findings";
import { mends } from "./mends";
import { ruleNames, rules } from "./rules";
import { showDiagnosis } from "./show-diagnosis";
import { findings, mend, onlyFinding, soundTenant } from "./testing";

let control: TestControl;
let server: OwnServer;
let a: OwnTenant;
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

beforeAll(async () => {
  control = await testControl();
  await controlDb().server.delete({ where: { id: control.serverId } });
  server = await ownServer("Ulm 1");
  a = await soundTenant(server, "amber");
});
afterAll(async () => {
  await server.stop();
  await control.close();
});
afterEach(async () => expect(await findings()).toEqual([]));

const tenant = (data: Parameters<ReturnType<typeof controlDb>["tenant"]["update"]>[0]["data"]) =>
  controlDb().tenant.update({ where: { id: a.id }, data });
const jobs = async (key: string) =>
  (await control.sql("SELECT 1 FROM graphile_worker.jobs WHERE key = $1", [key])).rowCount;

test("a step that failed is found with why, and tried again when mended", async () => {
  await tenant({ status: "failed" });
  const step = { tenantId: a.id, saga: "provision", position: 0, name: "migrate" };
  await controlDb().tenantStep.create({ data: { ...step, status: "failed", error: "It broke." } });
  const found = await onlyFinding();
  expect(found).toMatchObject({ rule: "step-failed", words: "The step migrate failed: It broke." });
  expect(await mend(found.id, found.id)).toMatchObject([{ outcome: "mended" }]);
  expect(await controlDb().tenant.findUnique({ where: { id: a.id } })).toMatchObject({ status: "provisioning" });
  expect(await jobs(`saga:${a.id}`)).toBe(1);
  expect(await mend(found.id)).toMatchObject([{ outcome: "gone" }]);
});

test("steps on which nobody works are found after five minutes, and queued again", async () => {
  await control.sql("DELETE FROM graphile_worker._private_jobs");
  await control.sql("UPDATE tenants SET updated_at = $1 WHERE id = $2", [ago(6), a.id]);
  const found = await onlyFinding();
  expect(found).toMatchObject({ rule: "step-stuck" });
  expect(await mend(found.id)).toMatchObject([{ outcome: "mended" }]);
  expect(await jobs(`saga:${a.id}`)).toBe(1);
  await controlDb().tenantStep.deleteMany();
  await tenant({ status: "active" });
  await control.sql("DELETE FROM graphile_worker._private_jobs");
});

test("an item held by a dead worker and a run that hangs are found, taken back and queued", async () => {
  const runId = newId(new Date());
  await controlDb().bulkRun.create({
    data: {
      ...{
        id: runId,
        action: "analyze",
        options: {},
        selection: {},
        status: "running",
        digest: "d",
        plannedBy: "test",
      },
      startedAt: ago(10),
    },
  });
  const item = {
    runId,
    position: 0,
    tenantId: a.id,
    serverId: server.id,
    slug: "amber",
    name: "amber",
    tenantVersion: 1,
  };
  await controlDb().bulkItem.create({
    data: {
      ...item,
      wave: 0,
      status: "running",
      attempts: 1,
      startedAt: ago(9),
      lease: newId(new Date()),
      leaseUntil: ago(5),
    },
  });
  const both = await findings();
  expect(both.map(({ rule, subject }) => [rule, subject.id])).toEqual([
    ["run-stuck", runId],
    ["lease-dead", runId],
  ]);
  const [stuck, dead] = both.map(({ id }) => id);
  expect(await mend(dead ?? "", stuck ?? "")).toMatchObject([{ outcome: "mended" }, { outcome: "mended" }]);
  expect(await controlDb().bulkItem.findFirst({ where: { runId } })).toMatchObject({
    status: "pending",
    lease: null,
    lost: 1,
  });
  expect(await jobs(`bulk:${runId}`)).toBe(1);
  await controlDb().bulkItem.deleteMany({ where: { runId } });
  await controlDb().bulkRun.delete({ where: { id: runId } });
});

test("schemas that failed, drifted or lack migrations are told", async () => {
  const latest = readMigrations("prisma/tenant/migrations").at(-1)?.name ?? "";
  const schema = (data: object) =>
    controlDb().tenantSchema.upsert({ where: { tenantId: a.id }, create: { tenantId: a.id, ...data }, update: data });
  await schema({ version: latest, error: "duplicate column" });
  expect(await onlyFinding()).toMatchObject({
    rule: "schema-failed",
    words: expect.stringContaining("duplicate column"),
  });
  await schema({ error: null, drifted: true, differences: [{}, {}] });
  expect(await onlyFinding()).toMatchObject({ rule: "schema-drifted", words: "Its schema differs in 2 things." });
  await schema({ version: "", drifted: false });
  expect(await onlyFinding()).toMatchObject({ rule: "schema-behind", words: "It is at no migration." });
  await controlDb().tenantSchema.deleteMany();
});

test("a domain that was never proven is told after three days", async () => {
  const domain = {
    id: newId(new Date()),
    tenantId: a.id,
    hostname: "shop.example.com",
    token: "t",
    checkError: "No record.",
  };
  await controlDb().domain.create({ data: { ...domain, createdAt: ago(4 * 1440) } });
  expect(await onlyFinding()).toMatchObject({ rule: "domain-unproven", subject: { name: "shop.example.com" } });
  await controlDb().domain.update({ where: { id: domain.id }, data: { createdAt: ago(60) } });
});

test("secrets that no key opens, of tenants and of servers, are told", async () => {
  const { secret } = await controlDb().tenant.findUniqueOrThrow({ where: { id: a.id } });
  await tenant({ secret: secret.slice(0, -4) });
  expect(await onlyFinding()).toMatchObject({
    rule: "secret-unreadable",
    severity: "critical",
    subject: { kind: "tenant" },
  });
  await tenant({ secret });
  const row = await controlDb().server.findUniqueOrThrow({ where: { id: server.id } });
  await controlDb().server.update({ where: { id: server.id }, data: { adminSecret: secret } });
  expect((await findings()).map(({ rule }) => rule)).toEqual(["server-unreachable", "secret-unreadable"]);
  await controlDb().server.update({ where: { id: server.id }, data: { adminSecret: row.adminSecret } });
});

test("a tenant without figures is told where its server has been measured for that long", async () => {
  await control.sql("UPDATE tenants SET created_at = $1, updated_at = $1 WHERE id = $2", [ago(60), a.id]);
  await controlDb().server.update({ where: { id: server.id }, data: { lastTickAt: ago(-5) } });
  await control.sql("INSERT INTO server_ticks (server_id, at, duration_ms) VALUES ($1, $2, 1)", [server.id, ago(9)]);
  expect(await onlyFinding()).toMatchObject({ rule: "figures-missing", subject: { id: a.id } });
  await control.sql(
    "INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source) VALUES ($1, 'storage', 1, 'MiB', now(), 'pg_database_size')",
    [a.id],
  );
});

test("who may only look mends nothing, a person proves the second factor, and an unknown id is refused in words", async () => {
  const input = { findings: [`status-open:${a.id}`] };
  await expect(perform(mendFindings, as("auditor"), input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(mendFindings, as("operator"), input)).rejects.toMatchObject({ reason: "step_up_required" });
  await expect(mend("nothing:at-all")).rejects.toMatchObject({ code: "invalid" });
  await expect(perform(showDiagnosis, as("viewer"), {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(showDiagnosis, as("owner"), { server: newId(new Date()) })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the guide tells each rule with its severity and whether it is mended, and no other", () => {
  const guide = readFileSync("docs/operations.md", "utf8");
  const told = [...guide.matchAll(/^\| `([a-z-]+)` \| (critical|error|warning) \| .+ \| (yes|no) \|$/gm)].map(
    ([, ...row]) => row,
  );
  expect(told).toEqual(ruleNames.map((name) => [name, rules[name].severity, rules[name].mendable ? "yes" : "no"]));
  expect(Object.keys(mends).sort()).toEqual(ruleNames.filter((name) => rules[name].mendable).sort());
});

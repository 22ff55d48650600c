import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Download } from "@/lib/kernel/download";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { cancelReport } from "./cancel-report";
import { createReport } from "./create-report";
import { downloadReport } from "./download-report";
import { listKinds } from "./list-kinds";
import { listReports } from "./list-reports";
import { removeReport } from "./remove-report";
import { showReport } from "./show-report";
import { workReport } from "./work-report";

const folder = mkdtempSync(join(tmpdir(), "tenantry-reports-"));
process.env.REPORT_DIR = folder;

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("acme");
  await control.makeTenant("birch");
  await controlDb().tenant.updateMany({ where: { slug: "birch" }, data: { region: "north" } });
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => controlDb().report.deleteMany());

const north: Scope = { kind: "region", values: ["north"] };
const ask = (ctx: Ctx, more: object = {}) => perform(createReport, ctx, { kind: "tenants", ...more });
const work = (id: string) => workReport(id, new AbortController().signal, { clock: () => new Date() });
const ids = async (ctx: Ctx, more = {}) => (await perform(listReports, ctx, more)).reports.map(({ id }) => id);

async function contentOf(ctx: Ctx, id: string): Promise<string> {
  const { chunks } = (await perform(downloadReport, ctx, { id })) as Download;
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts).toString();
}

describe("a report that was asked for", () => {
  test("is made of the input, and downloaded as often as wanted, each time in the audit trail", async () => {
    const asked = await ask(as("system"), { input: { search: "acm", columns: ["slug", "status"] } });
    expect(asked).toMatchObject({ kind: "tenants", format: "csv", status: "waiting", file: null, mails: [] });
    await expect(perform(downloadReport, as("owner"), { id: asked.id })).rejects.toThrow("no file: it is waiting");
    await work(asked.id);
    const done = await perform(showReport, as("owner"), { id: asked.id });
    expect(done).toMatchObject({ status: "done", rows: 1, file: { removed: false } });
    const text = await contentOf(as("owner"), asked.id);
    expect(text).toBe('\ufeff"slug","status"\r\n"acme","active"\r\n');
    expect(Buffer.byteLength(text)).toBe(done.file?.bytes);
    await contentOf(as("admin"), asked.id);
    const trail = await controlDb().auditEvent.findMany({ where: { target: asked.id }, orderBy: { id: "asc" } });
    expect(trail.map(({ operation, actor, outcome }) => [operation, actor, outcome])).toEqual([
      ["reports.create", "test", "done"],
      ["reports.download", "owner@example.com", "done"],
      ["reports.download", "admin@example.com", "done"],
    ]);
  });

  test("is refused with the field's name where its input does not fit", async () => {
    const refused = (more: object) => ask(as("owner"), more).catch((error) => error.fields);
    expect(await refused({ kind: "everything" })).toHaveProperty("kind");
    expect(await refused({ input: { status: ["gone"] } })).toHaveProperty(["input.status.0"]);
    expect(await refused({ input: { columns: ["slug", "slug"] } })).toHaveProperty(["input.columns"]);
    expect(await refused({ input: { colour: "red" } })).toHaveProperty(["input.colour"]);
    expect(await controlDb().report.count()).toBe(0);
  });

  test("is not one of hundreds that one asker has waiting", async () => {
    const asked = await Promise.allSettled(Array.from({ length: 24 }, () => ask(as("owner"))));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    await expect(ask(as("owner"))).rejects.toMatchObject({ code: "limit" });
    expect(await ask(as("system"))).toMatchObject({ status: "waiting" });
  }, 60_000);

  test("that holds parts of other rights is seen by those alone who have these", async () => {
    const { id } = await ask(as("system"), { kind: "fleet-report", input: { range: "24h" } });
    await work(id);
    expect(await controlDb().report.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "done" });
    const figures = as("analyst");
    if (figures.actor.kind !== "user") throw new Error("a user was asked for");
    figures.actor.permissions = ["reports:read", "metrics:read"];
    await expect(perform(downloadReport, figures, { id })).rejects.toMatchObject({ code: "not_found" });
    expect(await ids(figures)).toEqual([]);
    const { id: own } = await ask(as("analyst"), { kind: "tenants" });
    await expect(perform(showReport, figures, { id: own })).rejects.toMatchObject({ code: "not_found" });
    expect(await ids(as("owner"))).toEqual([own, id]);
    // Of what the owner sees the analyst lacks the state of the installation.
    expect(await ids(as("analyst"))).toEqual([own]);
  }, 60_000);

  test("is cancelled and removed by its asker, and by those who look after reports", async () => {
    const first = await ask(as("system"));
    await expect(perform(cancelReport, as("analyst"), { id: first.id })).rejects.toMatchObject({ code: "forbidden" });
    expect(await perform(cancelReport, as("operator"), { id: first.id })).toMatchObject({ status: "cancelled" });
    await expect(perform(removeReport, as("analyst"), { id: first.id })).rejects.toMatchObject({ code: "forbidden" });
    const own = await ask(as("analyst"));
    expect(await perform(cancelReport, as("analyst"), { id: own.id })).toMatchObject({ status: "cancelled" });
    expect(await perform(removeReport, as("analyst"), { id: own.id })).toEqual({ id: own.id });
  });

  test("is seen and downloaded by those alone whose rights and reach cover what it tells", async () => {
    const { id } = await ask(as("system"));
    const scoped = await ask(as("analyst", { scope: north }));
    const audit = await ask(as("system"), { kind: "audit" });
    await work(id);
    expect((await ids(as("owner"))).sort()).toEqual([id, scoped.id, audit.id].sort());
    expect(await ids(as("analyst"))).toEqual(expect.arrayContaining([id, scoped.id]));
    expect(await ids(as("analyst"))).not.toContain(audit.id);
    expect(await ids(as("analyst", { scope: north }))).toEqual([scoped.id]);
    for (const ctx of [as("analyst", { scope: north }), as("analyst", { scope: { kind: "plan", values: ["x"] } })]) {
      for (const refused of [
        () => perform(showReport, ctx, { id }),
        () => perform(downloadReport, ctx, { id }),
        () => perform(removeReport, ctx, { id }),
      ]) {
        await expect(refused()).rejects.toMatchObject({ code: "not_found" });
      }
    }
    await expect(perform(showReport, as("analyst"), { id: audit.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(as("analyst"), { kind: "audit" })).rejects.toMatchObject({ code: "forbidden" });
    for (const who of ["viewer", "auditor"] as const) {
      await expect(ask(as(who))).rejects.toMatchObject({ code: "forbidden" });
      await expect(perform(downloadReport, as(who), { id })).rejects.toMatchObject({ code: "forbidden" });
    }
    const kinds = async (ctx: Ctx) => (await perform(listKinds, ctx, {})).kinds.map(({ name }) => name);
    expect(await kinds(as("owner"))).toContain("audit");
    expect(await kinds(as("analyst"))).not.toContain("audit");
  });

  test("whose file is gone is told, and can be removed with what is left", async () => {
    const { id } = await ask(as("system"));
    await expect(perform(removeReport, as("owner"), { id })).rejects.toThrow("Cancel it first");
    await work(id);
    const { expiresAt } = await controlDb().report.findUniqueOrThrow({ where: { id } });
    await expect(perform(downloadReport, as("owner", { now: () => expiresAt ?? new Date(0) }), { id })).rejects.toThrow(
      "removed when its time was over",
    );
    rmSync(join(folder, id), { recursive: true });
    await expect(perform(downloadReport, as("owner"), { id })).rejects.toThrow("not where it was kept");
    expect(await perform(removeReport, as("owner"), { id })).toEqual({ id });
    expect(await ids(as("owner"))).toEqual([]);
  });

  test("is found by status, kind and format, in pages", async () => {
    const made: string[] = [];
    for (const kind of ["tenants", "audit", "tenants"]) made.push((await ask(as("system"), { kind })).id);
    await work(made[0] ?? "");
    expect(await ids(as("owner"), { status: ["done"] })).toEqual([made[0]]);
    expect(await ids(as("owner"), { kind: ["audit"] })).toEqual([made[1]]);
    expect(await ids(as("owner"), { format: ["pdf"] })).toEqual([]);
    const first = await perform(listReports, as("owner"), { limit: 2 });
    const second = await perform(listReports, as("owner"), { limit: 2, cursor: first.next ?? undefined });
    expect([...first.reports, ...second.reports].map(({ id }) => id)).toEqual([...made].reverse());
    expect(second.next).toBeNull();
  });
});

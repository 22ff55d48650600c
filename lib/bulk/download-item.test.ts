import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/tenancy/bulk-runs/[id]/items/[position]/file/route";
import { person } from "@/lib/access/testing";
import { sessionCookie } from "@/lib/accounts/next-auth";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { everything, type Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { downloadItem } from "./download-item";
import { exportPath, writeExport } from "./export-file";

let control: TestControl;
let folder: string;
let tenant: TestTenant;
const mine: Scope = { kind: "tag", values: ["mine"] };
// More than one chunk, and no text.
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7919) % 256));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-exports-"));
  process.env.EXPORT_DIR = folder;
  control = await testControl();
  tenant = await control.makeTenant("amber");
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A finished run of one item with a file, planned within a scope. */
async function runWithFile(scope: Scope = everything): Promise<{ id: string; size: number }> {
  const id = newId(new Date());
  async function* chunks() {
    yield bytes;
  }
  const size = await writeExport(id, "amber-0.sql.gz", chunks(), new AbortController().signal);
  await controlDb().bulkRun.create({
    data: {
      ...{ id, action: "export-data", options: {}, selection: {}, status: "finished", digest: "d", radius: [] },
      ...{ scope, plannedBy: "ada@example.com" },
    },
  });
  const { serverId } = await controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id } });
  await controlDb().bulkItem.create({
    data: {
      ...{
        runId: id,
        position: 0,
        tenantId: tenant.id,
        serverId,
        slug: "amber",
        name: "Amber",
        tenantVersion: 1,
        wave: 1,
      },
      ...{ status: "done", result: { file: { name: "amber-0.sql.gz", bytes: size } } },
    },
  });
  return { id, size };
}

async function get(id: string, position: string, token: string): Promise<Response> {
  const request = new NextRequest(`http://localhost:3000/api/tenancy/bulk-runs/${id}/items/${position}/file`, {
    headers: { cookie: `${sessionCookie()}=${token}` },
  });
  return await GET(request, { params: Promise.resolve({ id, position }) });
}

test("the file comes byte by byte as it was written, with its size, and the trail tells who took it", async () => {
  const { id, size } = await runWithFile();
  const { token } = await person("ada", "admin");
  const response = await get(id, "0", token);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/gzip");
  expect(response.headers.get("content-length")).toBe(String(size));
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="amber-0.sql.gz"');
  expect(gunzipSync(Buffer.from(await response.arrayBuffer())).equals(bytes)).toBe(true);
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "bulk.download", outcome: "done", target: tenant.id });
});

test("who may not export data, or sees less than the run, or no longer the tenant, gets nothing", async () => {
  const { id } = await runWithFile();
  await expect(perform(downloadItem, as("operator"), { id, position: 0 })).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(downloadItem, as("admin", { scope: mine }), { id, position: 0 })).rejects.toMatchObject({
    code: "not_found",
  });
  const ours = await runWithFile(mine);
  const take = () => perform(downloadItem, as("admin", { scope: mine }), { id: ours.id, position: 0 });
  await expect(take()).rejects.toMatchObject({ code: "not_found" });
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { tags: ["mine"] } });
  await expect(take()).resolves.toMatchObject({ fileName: "amber-0.sql.gz" });
});

test("a file that is gone is told in words; so is one that never was", async () => {
  const { id } = await runWithFile();
  rmSync(exportPath(id, "amber-0.sql.gz"));
  const { token } = await person("bob", "admin");
  const gone = await get(id, "0", token);
  expect(gone.status).toBe(404);
  expect(await gone.json()).toMatchObject({
    detail: expect.stringMatching(/^The file is gone: exports are kept for \d+ days/),
  });
  expect((await get(id, "1", token)).status).toBe(404);
  expect((await get(newId(new Date()), "0", token)).status).toBe(404);
  expect((await get(id, "..%2f..%2fetc", token)).status).toBe(422);
});

test("a path that somebody put into the database leads nowhere", async () => {
  const { id } = await runWithFile();
  await controlDb().bulkItem.update({
    where: { runId_position: { runId: id, position: 0 } },
    data: { result: { file: { name: "../../../etc/passwd", bytes: 1 } } },
  });
  await expect(perform(downloadItem, as("admin"), { id, position: 0 })).rejects.toThrow("There is no export");
});

import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/tenancy/audit/export/route";
import { person } from "@/lib/access/testing";
import { sessionCookie } from "@/lib/accounts/next-auth";
import { verifyExport } from "@/lib/audit/check-export";
import { recordAudit } from "@/lib/gate/audit";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
  await recordAudit(as("owner"), { operation: "thing.done", outcome: "done" });
});
afterAll(() => control.close());
beforeEach(() => control.sql("TRUNCATE users CASCADE"));

async function get(query: string, token?: string): Promise<Response> {
  const headers = token ? { cookie: `${sessionCookie()}=${token}` } : undefined;
  const request = new NextRequest(`http://localhost:3000/api/tenancy/audit/export${query}`, headers && { headers });
  return await GET(request, { params: Promise.resolve({}) });
}

const lastEvent = () => controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });

test("a file comes as an attachment that nobody keeps, and is the one that was signed", async () => {
  const response = await get("?operation=thing", (await person("ada", "auditor")).token);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="tenantry-audit-[\dTZ-]+\.jsonl"$/,
  );
  expect(response.headers.get("cache-control")).toContain("no-store");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const bytes = new Uint8Array(await response.arrayBuffer());
  await expect(
    verifyExport(
      (async function* () {
        yield bytes;
      })(),
    ),
  ).resolves.toMatchObject({ valid: true, rows: 1 });
  expect(await lastEvent()).toMatchObject({ operation: "audit.export", outcome: "done", after: { rows: 1 } });
});

test("who may not read the trail gets a problem, and the trail tells of it", async () => {
  const response = await get("", (await person("eve", "viewer")).token);
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: "forbidden" });
  expect(await lastEvent()).toMatchObject({ operation: "audit.export", outcome: "refused", actor: "eve@example.com" });
  expect((await get("")).status).toBe(401);
});

test("a filter that makes no sense is told at its field", async () => {
  const { token } = await person("ada", "auditor");
  for (const [query, field] of [
    ["?format=pdf", "format"],
    ["?from=yesterday", "from"],
    ["?actor=%00", "actor"],
  ] as const) {
    const response = await get(query, token);
    expect(response.status).toBe(422);
    expect(Object.keys((await response.json()).errors)).toEqual([field]);
  }
});

test("a reader who leaves ends the reading", async () => {
  const response = await get("", (await person("ada", "auditor")).token);
  const reader = response.body?.getReader();
  await reader?.read();
  await expect(reader?.cancel()).resolves.toBeUndefined();
});

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/tenancy/uploads/route";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Permission } from "@/lib/kernel/permissions";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";

let control: TestControl;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-uploads-"));
  process.env.EXPORT_DIR = folder;
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});

async function send(body: Uint8Array | string, headers: object = {}, permissions: Permission[] = ["data:import"]) {
  const { key, secret } = await perform(createKey, as("system"), { name: "k", permissions, scope: { kind: "all" } });
  const request = new NextRequest("http://localhost:3000/api/tenancy/uploads", {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/gzip", ...headers },
    body: body as BodyInit,
  });
  return { response: await POST(request, { params: Promise.resolve({}) }), key };
}

const files = () => (existsSync(join(folder, "uploads")) ? readdirSync(join(folder, "uploads")) : []);

test("a file larger than any other body is kept as it came, under its hash, and the trail tells who sent it", async () => {
  const body = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => (n * 7919) % 256));
  const { response, key } = await send(body);
  const sha256 = createHash("sha256").update(body).digest("hex");
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ upload: sha256, bytes: 3_000_000, keptUntil: expect.any(String) });
  expect(files()).toEqual([`${sha256}-${key.id}`]);
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "uploads.create", outcome: "done", actorId: key.id });
});

test("of whoever may not import nothing is read, and the trail has it", async () => {
  const before = files();
  const { response, key } = await send("INSERT INTO t VALUES (1);", {}, ["data:export"]);
  expect(response.status).toBe(403);
  expect(files()).toEqual(before);
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "uploads.create", outcome: "refused", actorId: key.id });
});

test.each([
  ["of another type", "x", { "content-type": "application/json" }, 415],
  ["packed on the way", "x", { "content-encoding": "gzip" }, 415],
  ["that is empty", "", {}, 422],
  ["beyond the limit, as it says", "x", { "content-length": "2000000" }, 413],
  ["beyond the limit, as it turns out", Buffer.alloc(1_200_000), {}, 413],
])("a file %s is refused in words, and nothing of it is kept", async (_, body, headers, status) => {
  const before = files();
  const most = env().IMPORT_MAX_MB;
  env().IMPORT_MAX_MB = 1;
  const { response } = await send(body, headers);
  env().IMPORT_MAX_MB = most;
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ detail: expect.stringMatching(/\.$/) });
  expect(files()).toEqual(before);
});

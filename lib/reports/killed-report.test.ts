import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { killWorker, startWorker, stopAtLock, until } from "@/lib/bulk/testing-killed";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { createReport } from "./create-report";

const folder = mkdtempSync(join(tmpdir(), "tenantry-reports-"));
let control: TestControl;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("acme");
});
afterAll(async () => {
  worker?.kill("SIGKILL");
  await control.close();
  rmSync(folder, { recursive: true });
});

test("a report whose worker is killed while it is made is made by the next one, and nothing half is left", async () => {
  const environment = { ...process.env, REPORT_DIR: folder };
  const { id } = await perform(createReport, as("system"), { kind: "tenants" });
  const rowOf = () => controlDb().report.findUniqueOrThrow({ where: { id } });
  const stop = await stopAtLock(control, "LOCK TABLE tenant_usage_latest", "FETCH|DECLARE|tenant_usage_latest");
  worker = await startWorker(environment);
  await until(async () => (await rowOf()).status === "running" && (await stop.isReached()));
  await killWorker(worker);
  await stop.open();
  expect(await rowOf()).toMatchObject({ status: "running", attempts: 1, fileName: null });
  // The time goes by for which its lease lasts on.
  await controlDb().$executeRaw`UPDATE reports SET lease_until = clock_timestamp() - interval '1 s'`;
  worker = await startWorker(environment);
  await until(async () => (await rowOf()).status === "done");
  const done = await rowOf();
  expect(done).toMatchObject({ attempts: 2, rows: 1n });
  expect(readdirSync(join(folder, id))).toEqual([done.fileName]);
}, 120_000);

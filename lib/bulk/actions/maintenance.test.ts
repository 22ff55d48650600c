import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { findAction } from "../actions";
import { confirmRun } from "../confirm-run";
import { downloadItem } from "../download-item";
import { listItems } from "../list-items";
import { person, plan, prove } from "../testing-plan";
import { workUntilRest } from "../testing-runs";

let control: TestControl;
let folder: string;
let tenants: TestTenant[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-exports-"));
  process.env.EXPORT_DIR = folder;
  control = await testControl();
  tenants = [];
  for (const slug of ["amber", "birch", "cedar"]) {
    const tenant = await control.makeTenant(slug);
    await control.sql(
      `CREATE TABLE kept AS SELECT '${slug}' AS slug; ALTER TABLE kept OWNER TO ${tenant.role}`,
      [],
      tenant.database,
    );
    tenants.push(tenant);
  }
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Plans an action over every tenant, confirms it and works on it until it rests. */
async function carriedOut(action: string) {
  const who = await person();
  const run = await plan(who, action, { filter: {} });
  await prove(who, run.digest);
  await perform(confirmRun, who, { id: run.id, digest: run.digest });
  const status = await workUntilRest(run.id, findAction);
  const { items } = await perform(listItems, who, { id: run.id });
  return { who, id: run.id, status, items };
}

test.each([
  ["rotate-secret", "done", /^Its role has a new password/, "secret_rotated"],
  ["terminate-connections", "skipped", /^No connection was open/, undefined],
  ["vacuum", "done", /^Vacuumed and analyzed in/, "vacuumed"],
  ["export-data", "done", /^Exported 1 row of 1 table, /, "exported"],
  ["check-isolation", "failed", /^Everybody \(PUBLIC\) has CONNECT on its database\./, "action_failed"],
] as const)(
  "%s, planned, confirmed and carried out by the worker, is %s for every tenant",
  async (name, status, words, told) => {
    const { id, status: rest, items } = await carriedOut(name);
    expect(rest).toBe("finished");
    expect(items).toHaveLength(tenants.length);
    for (const item of items) expect(item).toMatchObject({ status, words: expect.stringMatching(words) });
    const activities = await controlDb().tenantActivity.findMany({
      where: { metadata: { path: ["bulkRun"], equals: id } },
    });
    expect(activities.map(({ activityType }) => activityType)).toEqual(told ? tenants.map(() => told) : []);
  },
);

test("what the worker exported can be downloaded for each tenant", async () => {
  const { who, id, items } = await carriedOut("export-data");
  for (const { position, tenant, file } of items) {
    expect(file).toMatchObject({ name: `${tenant.slug}-${position}.sql.gz` });
    const { chunks, bytes } = await perform(downloadItem, who, { id, position });
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(Buffer.from(chunk));
    expect(Buffer.concat(parts).length).toBe(bytes);
    expect(gunzipSync(Buffer.concat(parts)).toString()).toContain(`\n${tenant.slug}\n\\.\n`);
  }
});

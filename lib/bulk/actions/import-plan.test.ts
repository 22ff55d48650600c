import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { actorId } from "@/lib/gate/context";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { findAction } from "../actions";
import { person, plan, program } from "../testing-plan";
import { itemsOf, makeRun, workUntilRest } from "../testing-runs";
import { keptUpload, receive, removeOldUploads } from "../upload-file";
import { ImportHouse } from "./testing-imports";

let house: ImportHouse;
let target: TestTenant;

beforeAll(async () => {
  house = await ImportHouse.open();
  await house.source();
}, 60_000);
afterAll(() => house.close());
beforeEach(async () => {
  target = await house.target();
});

describe("planning", () => {
  const tenants = () => [target.id];

  test("with an export takes who could download it, and names what is wrong", async () => {
    const input = { run: house.exported };
    const run = await plan(await person(), "import-data", { tenants: tenants(), input });
    expect(run).toMatchObject({ danger: "destructive", title: `Import data from run ${house.exported}` });
    const importer = program(["data:import"]);
    await expect(plan(importer, "import-data", { tenants: tenants(), input })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      plan(await person(), "import-data", { tenants: tenants(), input: { run: house.exported, position: 5 } }),
    ).rejects.toMatchObject({ code: "invalid", fields: { position: expect.any(String) } });
    for (const wrong of [{}, { run: house.exported, upload: "0".repeat(64) }, { upload: "x" }])
      await expect(plan(await person(), "import-data", { tenants: tenants(), input: wrong })).rejects.toMatchObject({
        code: "invalid",
        fields: expect.anything(),
      });
  });

  test("with somebody else's tenant's export is refused: its data would become readable", async () => {
    await controlDb().tenant.update({ where: { id: target.id }, data: { tags: ["mine"] } });
    const scoped = await person("owner", { kind: "tag", values: ["mine"] });
    const asked = plan(scoped, "import-data", { tenants: tenants(), input: { run: house.exported } });
    await expect(asked).rejects.toMatchObject({ code: "invalid", fields: { position: expect.any(String) } });
  });

  test("with an upload takes who sent it, and nobody else", async () => {
    const [ada, bob] = [await person(), await person()];
    const upload = await house.uploaded("INSERT INTO kinds VALUES (1);", actorId(ada.actor));
    const planned = await plan(ada, "import-data", { tenants: tenants(), input: { upload } });
    expect(planned.status).toBe("planned");
    await expect(plan(bob, "import-data", { tenants: tenants(), input: { upload } })).rejects.toMatchObject({
      fields: { upload: expect.stringMatching(/^You have uploaded no such file/) },
    });
  });

  test("leaves out those that go; what is deleted meanwhile is left as it is", async () => {
    const before = await house.contents(target);
    const id = await makeRun([target], { action: "import-data", input: { run: house.exported } });
    await controlDb().tenant.update({ where: { id: target.id }, data: { status: "deleting" } });
    await workUntilRest(id, findAction);
    expect((await itemsOf(id)).items[0]).toMatchObject({ status: "skipped" });
    expect(await house.contents(target)).toEqual(before);
    await expect(
      plan(await person(), "import-data", { tenants: tenants(), input: { run: house.exported } }),
    ).rejects.toMatchObject({ reason: "nothing_to_do" });
  });
});

test("an upload is bounded, is named by what it holds, and goes after a day", async () => {
  const text = gzipSync("INSERT INTO kinds VALUES (1);");
  const sha256 = createHash("sha256").update(text).digest("hex");
  expect(await house.uploaded(text)).toBe(sha256);
  const now = new Date();
  expect(await keptUpload(sha256, null, now)).toBeDefined();
  expect(await keptUpload("../../etc/passwd", null, now)).toBeUndefined();
  await removeOldUploads(new Date(now.getTime() + 86_399_000));
  expect(await keptUpload(sha256, null, now)).toBeDefined();
  await removeOldUploads(new Date(now.getTime() + 86_401_000));
  expect(await keptUpload(sha256, null, now)).toBeUndefined();
  await expect(receive(Readable.from([]), null)).rejects.toMatchObject({ code: "invalid" });
  const most = env().IMPORT_MAX_MB;
  env().IMPORT_MAX_MB = 1;
  const large = Readable.from([Buffer.alloc(1_000_000), Buffer.alloc(1_000_000)]);
  await expect(receive(large, null)).rejects.toMatchObject({ code: "too_large" });
  env().IMPORT_MAX_MB = most;
  writeFileSync(join(house.folder, "uploads", "notes.txt"), "mine");
  await removeOldUploads(new Date(now.getTime() + 9e9));
  expect(readFileSync(join(house.folder, "uploads", "notes.txt"), "utf8")).toBe("mine");
});

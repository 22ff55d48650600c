import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { receive } from "../upload-file";
import { ImportHouse } from "./testing-imports";

const mib = 1024 * 1024;
const usual = 65_536;

let house: ImportHouse;
let target: TestTenant;
let made = 0;

beforeAll(async () => {
  house = await ImportHouse.open("CREATE TABLE notes (text text); ALTER TABLE notes ALTER text SET STORAGE EXTERNAL;");
});
afterAll(() => house.close());
beforeEach(async () => {
  target = await house.shop(`full-${made++}`);
});
afterEach(() => {
  env().IMPORT_MAX_UNPACKED_MB = usual;
});

/** A script with so many MiB of rows, packed to about a thousandth, is uploaded; returns its SHA-256. */
async function bomb(megabytes: number): Promise<string> {
  function* script() {
    yield "COPY notes (text) FROM stdin;\n";
    for (let at = 0; at < megabytes; at++) yield `${"x".repeat(mib - 1)}\n`;
    yield "\\.\n";
  }
  const path = join(house.folder, "bomb.sql.gz");
  await pipeline(Readable.from(script()), createGzip(), createWriteStream(path));
  return (await receive(createReadStream(path), null)).sha256;
}

const databaseSize = async () => {
  const { rows } = await house.control.sql("SELECT pg_database_size($1)::float8 / 1048576 AS mb", [target.database]);
  return Number(rows[0].mb);
};

async function limited(storageMb: number): Promise<void> {
  await controlDb().tenant.update({ where: { id: target.id }, data: { settings: { limits: { storageMb } } } });
}

describe("a file that unpacks to more than is allowed", () => {
  test.each([false, true])("ends with the setting that allows more; replace %s", async (replace) => {
    const upload = await bomb(40);
    env().IMPORT_MAX_UNPACKED_MB = 4;
    const before = await databaseSize();
    await expect(house.imports(target, { upload, replace })).rejects.toMatchObject({
      code: "conflict",
      reason: "too_large",
      message:
        "Unpacked, the file is larger than the 4 MiB that IMPORT_MAX_UNPACKED_MB allows. Nothing was imported. Raise that setting, or import less.",
    });
    expect((await house.contents(target)).notes).toBeNull();
    // What came in before is not yet given back, and no more came in.
    expect(await databaseSize()).toBeLessThan(before + 8);
  });

  test("is imported where the setting is just large enough", async () => {
    const upload = await bomb(3);
    env().IMPORT_MAX_UNPACKED_MB = 4;
    expect((await house.imports(target, { upload })).words).toBe("Imported 3 rows.");
  });
});

describe("a tenant's limit of storage", () => {
  test.each([false, true])("ends an import that outgrows it, long before the end; replace %s", async (replace) => {
    const upload = await bomb(200);
    const quota = Math.ceil(await databaseSize()) + 20;
    await limited(quota);
    await expect(house.imports(target, { upload, replace })).rejects.toMatchObject({
      code: "conflict",
      reason: "over_quota",
      message: expect.stringMatching(
        new RegExp(
          `^The database has come to \\d+ MiB, and the tenant's limit of storage is ${quota} MiB\\. Nothing was`,
        ),
      ),
    });
    expect((await house.contents(target)).notes).toBeNull();
    expect(await databaseSize()).toBeLessThan(quota + 40);
  });

  test("counts what came last, and is no hindrance below", async () => {
    const upload = await bomb(6);
    const before = Math.ceil(await databaseSize());
    await limited(before + 4);
    await expect(house.imports(target, { upload })).rejects.toMatchObject({ reason: "over_quota" });
    await limited(before + 30);
    expect((await house.imports(target, { upload })).words).toBe("Imported 6 rows.");
  });
});

test("a statement that waits too long is ended by the server", async () => {
  const slow = "CREATE FUNCTION slow() RETURNS text LANGUAGE sql AS 'SELECT pg_sleep(60)::text'";
  await house.as(target, (client) => client.query(`${slow}; ALTER TABLE notes ALTER text SET DEFAULT slow()`));
  const upload = await house.uploaded("INSERT INTO notes DEFAULT VALUES;");
  await expect(house.imports(target, { upload }, { timeoutMs: 500 })).rejects.toThrow(
    /^Line 1 of the file: canceling statement due to statement timeout \(57014\)\. Nothing was imported\.$/,
  );
});

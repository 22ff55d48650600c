import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { enforceStatus } from "@/lib/tenants/enforce";
import { contentsOf } from "../testing-load";
import { act, testWork } from "../testing-work";
import { importData } from "./import-data";
import { ImportHouse } from "./testing-imports";

let house: ImportHouse;
let source: TestTenant;
let target: TestTenant;

beforeAll(async () => {
  house = await ImportHouse.open();
  source = await house.source();
}, 60_000);
afterAll(() => house.close());
beforeEach(async () => {
  target = await house.target();
});

describe("an export", () => {
  test("comes back in another tenant as it was: every row of every table, and every sequence", async () => {
    const { words } = await house.imports(target, { run: house.exported });
    expect(words).toBe("Imported 22 rows.");
    expect(await house.contents(target)).toEqual(house.held);
  });

  test("goes on as the source would: keys, triggers and constraints are as the migrations made them", async () => {
    await house.imports(target, { run: house.exported });
    const next = async (tenant: TestTenant) =>
      await house.as(tenant, async (client) => {
        const { rows } = await client.query(`SELECT nextval('"strange '' seq"') AS n`);
        await client.query(`INSERT INTO "other schema".plain (words) VALUES ('after')`);
        const told = await client.query("SELECT count(*)::int AS n FROM told WHERE what = 'after'");
        const states = await client.query(`SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`);
        const keys = await client.query(
          `SELECT conname, condeferrable FROM pg_constraint WHERE contype = 'f' ORDER BY 1`,
        );
        return [rows, told.rows, states.rows, keys.rows];
      });
    expect(await next(target)).toEqual(await next(source));
  });

  test("comes back by psql's own file, unpacked, as an upload", async () => {
    const upload = await house.uploaded(house.script());
    await house.imports(target, { upload });
    expect(await house.contents(target)).toEqual(house.held);
  });

  test("replaces what is there, with the rows that migrations bring; what fails leaves it", async () => {
    await house.as(target, (client) =>
      client.query("INSERT INTO kinds VALUES (7); CREATE TABLE mine AS SELECT 1 AS n"),
    );
    const upload = await house.uploaded(house.script().replace("\nCOMMIT;", "\nDROP TABLE kinds;\nCOMMIT;"));
    const before = await house.contents(target);
    await expect(house.imports(target, { upload, replace: true })).rejects.toThrow(/only data is imported/);
    expect(await house.contents(target)).toEqual(before);
    const { words } = await house.imports(target, { run: house.exported, replace: true });
    expect(words).toBe("Imported 22 rows. Its database is new, at 20260101000000_all.");
    expect(await house.contents(target)).toEqual(house.held);
    const { rows } = await house.control.sql("SELECT 1 FROM pg_database WHERE datname LIKE $1", [
      `${target.database}%`,
    ]);
    expect(rows).toHaveLength(1);
  });

  test("of an older schema is migrated once it is in", async () => {
    house.migrations.write("20260102000000_later", "ALTER TABLE kinds RENAME TO sorts; INSERT INTO sorts VALUES (99)");
    try {
      await house.imports(target, { run: house.exported, replace: true });
      expect((await house.contents(target)).sorts).toEqual(["(1)", "(2)", "(99)"]);
    } finally {
      rmSync(join(house.migrations.path, "20260102000000_later"), { recursive: true });
    }
  });

  test("of a schema that is not known here is refused before anything is done", async () => {
    const text = house.script().replace(/the newest \S+/, "the newest 20990101000000_future");
    const upload = await house.uploaded(text);
    await expect(house.imports(target, { upload, replace: true })).rejects.toThrow(
      /does not have: 20990101000000_future/,
    );
  });

  test("comes into a tenant that is shut out, which stays so", async () => {
    await controlDb().tenant.update({ where: { id: target.id }, data: { status: "suspended" } });
    await withAdmin(house.control.access, (admin) => enforceStatus(admin, { ...target, adopted: false }, "suspended"));
    await house.imports(target, { run: house.exported });
    await expect(house.as(target, contentsOf)).rejects.toMatchObject({ code: "28000" });
    expect((await house.control.sql("SELECT 1 FROM kinds", [], target.database)).rowCount).toBe(2);
  });
});

describe("an attempt that comes after one that was cut off", () => {
  test("behind its commit imports nothing again", async () => {
    let kept: unknown = null;
    const work = await testWork(house.control, target.id);
    const remember = async (value: unknown) => {
      kept = value;
    };
    await act(importData, { ...work, remember }, { run: house.exported });
    await house.as(target, (client) => client.query("INSERT INTO kinds VALUES (3)"));
    const again = await act(importData, { ...work, remembered: kept }, { run: house.exported });
    expect(again.words).toBe("Imported 22 rows.");
    expect((await house.contents(target)).kinds).toEqual(["(1)", "(2)", "(3)"]);
  });

  test("before its commit imports all of it", async () => {
    let kept: unknown = null;
    const work = await testWork(house.control, target.id);
    const remember = async (value: unknown) => {
      kept = value;
      throw new Error("cut off");
    };
    await expect(act(importData, { ...work, remember }, { run: house.exported })).rejects.toThrow("cut off");
    await act(importData, { ...work, remembered: kept }, { run: house.exported });
    expect(await house.contents(target)).toEqual(house.held);
  });
});

import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { migrationStatus } from "@/lib/platform/migration-status";
import { openEverySecret } from "@/lib/platform/open-secrets";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { type Check, examine } from "./check";
import { controlChecks, migrated } from "./control-checks";
import { fleetChecks, queue } from "./fleet-checks";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("first");
});
afterAll(() => control.close());

const statesOf = async (checks: Check[]) =>
  Object.fromEntries((await examine(checks)).map(({ id, state, words }) => [id, `${state}: ${words}`]));

describe("the control database", () => {
  test("that is right is told so, check by check", async () => {
    const told = await statesOf(controlChecks(control.url, false));
    expect(Object.values(told).every((words) => words.startsWith("ok"))).toBe(true);
    expect(told).toMatchObject({
      migrations: expect.stringMatching(/^ok: All \d+ are applied/),
      keys: "ok: They open all 2 stored secrets.",
    });
  });

  test("that is away is wrong, and what is in it was not looked at", async () => {
    const told = await statesOf(controlChecks("postgresql://x:y@127.0.0.1:1/z", true));
    expect(told).toMatchObject({
      control: expect.stringMatching(/^wrong: It does not answer/),
      migrations: expect.stringMatching(/^unchecked/),
      keys: expect.stringMatching(/^unchecked/),
    });
  });

  test("lacks migrations, has one that did not end, or knows newer ones", async () => {
    const other = new URL(control.url);
    other.pathname = "/postgres";
    const empty = await migrationStatus(other.href);
    expect(empty).toMatchObject({ applied: [], failed: [], unknown: [] });
    expect(migrated(empty)).toMatchObject({ state: "wrong", todo: "tenantry db migrate" });
    await control.sql(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1`, [empty.pending[0]]);
    const broken = await migrationStatus(control.url);
    expect(broken).toMatchObject({ failed: [empty.pending[0]], pending: [empty.pending[0]] });
    expect(migrated(broken)).toMatchObject({ state: "wrong", words: expect.stringContaining("did not end") });
    await control.sql(
      "UPDATE _prisma_migrations SET finished_at = now(), migration_name = '29990101000000_later' WHERE finished_at IS NULL",
    );
    const newer = await migrationStatus(control.url);
    expect(newer.unknown).toEqual(["29990101000000_later"]);
    await control.sql(
      "UPDATE _prisma_migrations SET migration_name = $1 WHERE migration_name = '29990101000000_later'",
      [empty.pending[0]],
    );
    expect(migrated({ ...newer, pending: [] })).toMatchObject({ state: "warning" });
  });

  test("holds secrets that no key opens: each is named, and none is shown", async () => {
    const sealed = `v2.${randomBytes(8).toString("hex")}.${randomBytes(40).toString("base64url")}`;
    await control.sql("INSERT INTO sealed_keys (name, sealed) VALUES ('lost', $1)", [sealed]);
    const db = new pg.Client({ connectionString: control.url });
    await db.connect();
    const found = await openEverySecret(db).finally(() => db.end());
    expect(found).toMatchObject({ opened: 2, shut: [{ where: "sealed_keys lost", why: expect.any(String) }] });
    const told = await statesOf(controlChecks(control.url, false));
    expect(told.keys).toMatch(/^wrong: 1 of 3 stored secrets do not open \(sealed_keys lost\)/);
    expect(JSON.stringify([found, told])).not.toContain(sealed);
    await control.sql("DELETE FROM sealed_keys WHERE name = 'lost'");
  });
});

describe("the fleet", () => {
  /** Those that need a check of the control database are made without it here. */
  const look = () => statesOf(fleetChecks(systemClock).map((check) => ({ ...check, needs: [] })));

  test("has a worker while one's collector is connected, and servers with the rights that are needed", async () => {
    expect(await look()).toMatchObject({
      worker: expect.stringMatching(/^wrong: None is connected/),
      collector: expect.stringMatching(/^warning: It has not measured/),
      queue: "ok: Nothing waits.",
      clock: expect.stringMatching(/^ok/),
      servers: expect.stringMatching(/^ok: server \w+: PostgreSQL \d+/),
    });
    const own = new pg.Client({ connectionString: control.url, application_name: "tenantry-collector" });
    await own.connect();
    expect((await look()).worker).toBe("ok: Its collector is connected.");
    await own.end();
  });

  test("has a server that lets nobody in, and one that lacks rights", async () => {
    await control.sql("UPDATE servers SET port = 1");
    expect((await look()).servers).toMatch(/^wrong: server \w+: The server .*:1 can't be reached/);
    const { rows } = await control.sql("SELECT admin_secret FROM servers");
    await control.sql("UPDATE servers SET port = $1, admin_secret = NULL", [control.access.port]);
    expect((await look()).servers).toMatch(/^wrong/);
    await control.sql("UPDATE servers SET admin_secret = $1", [rows[0].admin_secret]);
  });

  test("has a queue that nobody works on", async () => {
    await control.sql("SELECT graphile_worker.add_job('nothing', run_at := now() - interval '10 minutes')");
    expect((await look()).queue).toMatch(/^warning: 1 wait, the oldest for 6\d\d s/);
    expect(queue({ waiting: 3, seconds: 5, given: 0 })).toMatchObject({ state: "ok" });
    expect(queue({ waiting: 0, seconds: 0, given: 2 })).toMatchObject({ state: "warning" });
  });
});

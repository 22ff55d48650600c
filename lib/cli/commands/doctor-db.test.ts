import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { alone } from "../testing";

// Programs are started, each of which reads all its code first.
vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;
let own: Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));
const database = `fresh_${randomBytes(4).toString("hex")}`;

beforeAll(async () => {
  control = await testControl();
  const { DATABASE_URL = "", TENANTRY_SECRET_KEY = "" } = process.env;
  // A port on which nothing listens, so that nothing else on this machine is taken for a console.
  own = { DATABASE_URL, TENANTRY_SECRET_KEY, TENANTRY_DATA_DIR: join(folder, "none"), PORT: "9" };
});
afterAll(async () => {
  await control.sql(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`, [], "postgres");
  await control.close();
  rmSync(folder, { recursive: true });
});

type Told = {
  summary: Record<string, number>;
  checks: { id: string; state: string; words: string; todo: string | null }[];
};

describe("doctor", () => {
  const states = (out: string) => {
    const told = JSON.parse(out) as Told;
    return Object.fromEntries(told.checks.map(({ id, state }) => [id, state]));
  };

  test("says what is right and what is wrong, and what to do: exit code 7", async () => {
    const { code, out, said } = await alone(own, "doctor", "--json");
    expect(code).toBe(7);
    expect(states(out)).toMatchObject({
      ...{ node: "ok", packages: "ok", client: "ok", folder: "unchecked", web: "ok", settings: "ok", control: "ok" },
      ...{ version: "ok", migrations: "ok", keys: "ok", worker: "wrong", queue: "ok", clock: "ok", servers: "ok" },
    });
    expect(said).toMatch(/1 thing is wrong/);
    const words = await alone(own, "doctor", "--quiet");
    expect(words.out).toMatch(/WRONG +A worker at work: None is connected.*\n +→ Start Tenantry/);
    expect(words.out).not.toContain(own.TENANTRY_SECRET_KEY);
  });

  test("runs where there is no installation, and says that there is none", async () => {
    const { code, out } = await alone({ TENANTRY_DATA_DIR: join(folder, "none"), PORT: "9" }, "doctor", "--json");
    expect(code).toBe(7);
    expect(states(out)).toMatchObject({ node: "ok", folder: "wrong", control: "wrong", migrations: "unchecked" });
  });

  test("looks from afar, and tells an address that nobody answers at", async () => {
    const { code, out } = await alone({}, "doctor", "--json", "--url", "http://127.0.0.1:9", "--key", "tnt_x_y");
    expect(code).toBe(7);
    expect(states(out)).toEqual({
      ...{ reached: "wrong", tls: "unchecked", ready: "unchecked", clock: "unchecked", key: "unchecked" },
      versions: "unchecked",
    });
  });
});

describe("db", () => {
  const fresh = () => {
    const url = new URL(control.url);
    url.pathname = `/${database}`;
    return { ...own, DATABASE_URL: url.href };
  };

  test("tells an installation that has all migrations", async () => {
    const { code, out } = await alone(own, "db", "status", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ pending: [], failed: [], unknown: [], applied: expect.any(Array) });
    const again = await alone(own, "db", "migrate", "--yes");
    expect(again).toMatchObject({ code: 0, out: "The control database is up to date.\n" });
  });

  test("applies what is pending once it is meant, and not before", async () => {
    await control.sql(`CREATE DATABASE ${database}`, [], "postgres");
    const status = await alone(fresh(), "db", "status");
    expect(status).toMatchObject({ code: 7, out: expect.stringMatching(/control_schema\tnot applied/) });
    const asked = await alone(fresh(), "db", "migrate");
    expect(asked).toMatchObject({ code: 2, out: "", said: expect.stringMatching(/--yes/) });
    const dry = await alone(fresh(), "db", "migrate", "--dry-run");
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/^Would apply .*control_schema/) });
    expect((await alone(fresh(), "db", "status")).code).toBe(7);
    const done = await alone(fresh(), "db", "migrate", "--yes", "--json");
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out).applied).toContain("20261121162203_control_schema");
    expect((await alone(fresh(), "db", "status")).code).toBe(0);
  });

  test("of a database that is away can't be looked at: try again later", async () => {
    const away = { ...own, DATABASE_URL: "postgresql://x:y@127.0.0.1:1/z" };
    const { code, said } = await alone(away, "db", "status");
    expect({ code, said }).toEqual({ code: 6, said: expect.stringMatching(/does not answer.*tenantry doctor/) });
    const none = await alone({ TENANTRY_DATA_DIR: join(folder, "none") }, "db", "migrate", "--yes");
    expect(none).toMatchObject({ code: 2, said: expect.stringMatching(/no installation/) });
  });
});

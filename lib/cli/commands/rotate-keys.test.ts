import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedControl, embeddedUrl } from "@/lib/platform/embedded";
import { newSecrets, readSecrets, secretsFile, writeSecrets } from "@/lib/platform/kept-secrets";
import { masterOf } from "@/lib/platform/masters";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { hostWith } from "@/lib/platform/testing-keys";
import { templateName } from "@/lib/platform/testing-server";
import { alone as tenantry } from "../testing";

let control: TestControl;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));
const given = { TENANTRY_DATA_DIR: folder };
/** The environment of an installation whose database and key are given. */
let own: Record<string, string>;
/** The environment of one that keeps its secrets in the data folder. */
let embedded: Record<string, string>;

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("first");
  own = { ...given, DATABASE_URL: control.url, TENANTRY_SECRET_KEY: process.env.TENANTRY_SECRET_KEY ?? "" };
  embedded = { ...given, TENANTRY_PG_PORT: String(control.access.port) };
  await control.sql(`CREATE DATABASE ${embeddedControl} TEMPLATE ${templateName}`, [], "postgres");
});

afterAll(async () => {
  await control.sql(`DROP DATABASE IF EXISTS ${embeddedControl} WITH (FORCE)`, [], "postgres");
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ["nothing", [], /Usage: tenantry/],
  ["an unknown command", ["turn-keys"], /unknown command 'turn-keys'/],
  ["an unknown option", ["rotate-keys", "--all"], /unknown option '--all'/],
  ["two options that exclude each other", ["rotate-keys", "--master", "--drop-old"], /restart Tenantry in between/],
])("%s is a wrong question: exit code 2", async (_, args, words) => {
  const { code, out, said } = await tenantry(own, ...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(said).toMatch(words);
});

test("help is an answer: exit code 0", async () => {
  const { code, out } = await tenantry({}, "rotate-keys", "--help");
  expect(code).toBe(0);
  expect(out).toContain("--drop-old");
});

test("what can't be done is told in words, with the exit code of its kind", async () => {
  const key = { TENANTRY_SECRET_KEY: randomBytes(32).toString("base64") };
  const elsewhere = new URL(control.url);
  elsewhere.pathname = "/postgres";
  const cases: [Record<string, string>, number, RegExp][] = [
    [given, 4, /no installation in \/.*TENANTRY_DATA_DIR/],
    [{ ...own, TENANTRY_SECRET_KEY: "abc" }, 1, /TENANTRY_SECRET_KEY must be 32 bytes/],
    [{ ...own, ...key }, 5, /sealed with key [0-9a-f]{8}, but TENANTRY_SECRET_KEY is key [0-9a-f]{8}/],
    [{ ...own, DATABASE_URL: "postgresql://x:y@127.0.0.1:1/z" }, 6, /DATABASE_URL names can't be used/],
    [{ ...own, DATABASE_URL: elsewhere.href }, 5, /npm run db:migrate/],
    [{ ...given, DATABASE_URL: control.url }, 4, /secret key is missing/],
  ];
  for (const [env, exit, words] of cases) {
    const { code, out, said } = await tenantry(env, "rotate-keys", "--json");
    expect({ code, out }).toEqual({ code: exit, out: "" });
    expect(said).toMatch(words);
  }
}, 60_000);

test("a rotation answers with its figures, can be repeated, and is in the audit trail", async () => {
  for (let round = 0; round < 2; round++) {
    const { code, out, said } = await tenantry(own, "rotate-keys", "--json");
    expect({ code, said }).toEqual({ code: 0, said: "" });
    expect(JSON.parse(out)).toMatchObject({ retired: 1, left: 0, unreadable: [], resealed: expect.any(Number) });
  }
  const { rows } = await control.sql("SELECT actor, outcome, after FROM audit_events WHERE operation = 'keys.rotate'");
  expect(rows).toMatchObject([{ actor: "CLI on the host", outcome: "done", after: { left: 0 } }, {}]);
  const words = await tenantry(own, "rotate-keys");
  expect(words.out).toMatch(
    /^\d+ secrets sealed again with the new data key [0-9a-f]{16}, in \d+\.\d s\.\n1 data key retired/,
  );
}, 60_000);

test("where the environment gives the secret key, a new one is the host's to give", async () => {
  const { code, said } = await tenantry(own, "rotate-keys", "--master");
  expect(code).toBe(5);
  expect(said).toContain("TENANTRY_OLD_SECRET_KEYS");
});

test("a kept secret key is changed, the former goes on opening until it is dropped after a restart", async () => {
  const secrets = { ...newSecrets(), postgresPassword: control.access.adminPassword };
  writeSecrets(folder, secrets);
  const url = embeddedUrl(control.access.port, secrets.postgresPassword, embeddedControl);
  expect((await tenantry({ ...embedded, TENANTRY_PG_PORT: "1" }, "rotate-keys")).said).toMatch(/npm start/);
  process.env.DATABASE_URL = url;
  const pool = globalThis as { tenantryKeyPool?: { end: () => Promise<void> } };
  await pool.tenantryKeyPool?.end();
  delete pool.tenantryKeyPool;
  const running = await hostWith(secrets.secretKey);
  const sealed = await running.seal("a secret", "sealed-key:test");
  await control.sql("INSERT INTO sealed_keys (name, sealed) VALUES ('test', $1)", [sealed], embeddedControl);
  const stored = async () =>
    (await control.sql("SELECT sealed FROM sealed_keys WHERE name = 'test'", [], embeddedControl)).rows[0].sealed;

  writeFileSync(join(folder, "supervisor.pid"), "1");
  utimesSync(join(folder, "supervisor.pid"), 1, 1);
  const changed = await tenantry(embedded, "rotate-keys", "--master", "--json");
  expect(changed).toMatchObject({ code: 0, said: "" });
  const kept = readSecrets(folder);
  expect(kept).toMatchObject({ postgresPassword: secrets.postgresPassword, oldSecretKeys: [secrets.secretKey] });
  expect(JSON.parse(changed.out)).toMatchObject({ master: masterOf(kept?.secretKey ?? "").id, left: 0 });
  expect(await running.unseal(await stored(), "sealed-key:test")).toBe("a secret");

  const early = await tenantry(embedded, "rotate-keys", "--drop-old");
  expect(early).toMatchObject({ code: 5, said: expect.stringContaining("Restart it first") });
  rmSync(join(folder, "supervisor.pid"));
  const dropped = await tenantry(embedded, "rotate-keys", "--drop-old");
  expect(dropped.code).toBe(0);
  expect(dropped.out).toContain("1 former key from");
  expect(readSecrets(folder)).toMatchObject({ secretKey: kept?.secretKey, oldSecretKeys: [] });
  expect((await tenantry(embedded, "rotate-keys", "--drop-old", "--json")).out).toContain('"wrapsRemoved":0');
  const restarted = await hostWith(kept?.secretKey ?? "");
  expect(await restarted.unseal(await stored(), "sealed-key:test")).toBe("a secret");
  const former = await hostWith(secrets.secretKey);
  await expect(former.unseal(await stored(), "sealed-key:test")).rejects.toThrow(/sealed with key/);

  writeFileSync(secretsFile(folder), "");
  expect((await tenantry(embedded, "rotate-keys")).said).toMatch(/secrets\.json is empty/);
}, 120_000);

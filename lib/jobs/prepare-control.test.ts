import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { prepareControl } from "./prepare-control";

let control: TestControl;
const tag = randomBytes(4).toString("hex");
const database = `own_${tag}`;
const role = `runs_${tag}`;
let [owner, app]: string[] = [];

beforeAll(async () => {
  control = await testControl();
  await control.sql(`CREATE DATABASE ${database}`, [], "postgres");
  const url = new URL(control.url);
  url.pathname = `/${database}`;
  owner = url.href;
  [url.username, url.password] = [role, "p@ss/word"];
  app = url.href;
});
afterAll(async () => {
  await control.sql(`DROP DATABASE ${database} WITH (FORCE)`, [], "postgres");
  await control.sql(`DROP ROLE IF EXISTS ${role}`, [], "postgres");
  await control.close();
});

test("the owner migrates, and the other role, made if it is missing, runs and can't change the trail", async () => {
  expect(await prepareControl(app ?? "", owner)).toContain("20261121162203_control_schema");
  expect(await prepareControl(app ?? "", owner)).toEqual([]);
  const client = new pg.Client({ connectionString: app });
  await client.connect();
  await client.query("SELECT graphile_worker.add_job('nothing', payload := '{}'::json)");
  const { rows } = await client.query("SELECT count(*)::int AS jobs FROM graphile_worker._private_jobs");
  expect(rows).toEqual([{ jobs: 1 }]);
  await expect(client.query("DELETE FROM audit_events")).rejects.toMatchObject({ code: "42501" });
  await client.end();
});

test("addresses of two databases are refused, in words", async () => {
  await expect(prepareControl(app ?? "", control.url)).rejects.toThrow(/names another database/);
  await expect(prepareControl(app ?? "", "nonsense")).rejects.toThrow(/must look like postgresql/);
});

test("without an owner, one role does all", async () => {
  expect(await prepareControl(owner ?? "", undefined)).toEqual([]);
});

import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "./embedded";
import { freePort } from "./free-port";
import { applyMigrations } from "./migrations";

declare module "vitest" {
  export interface ProvidedContext {
    /** Administrator's connection string of the run's PostgreSQL. */
    postgresUrl: string;
  }
}

/** The database that every test's control database is copied from. */
export const templateName = "control_template";

/** Starts one embedded PostgreSQL for the whole run, with a migrated control database to copy from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-test-"));
  chmodSync(folder, 0o755);
  const settings = ["fsync=off", "max_connections=400"];
  const server = await startEmbedded({
    folder,
    port: await freePort(),
    password: randomBytes(12).toString("hex"),
    settings,
  });
  const admin = new pg.Client({ connectionString: server.url("postgres") });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${templateName}`);
  await applyMigrations(server.url(templateName));
  await runMigrations({ connectionString: server.url(templateName) });
  await admin.end();
  project.provide("postgresUrl", server.url("postgres"));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

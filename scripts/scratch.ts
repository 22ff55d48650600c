import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "@/lib/platform/embedded";
import { freePort } from "@/lib/platform/free-port";

/** Runs `work` on an empty database that is gone afterwards, on `DATABASE_URL`'s server or an embedded one. */
export async function withScratchDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL;
  if (given) return await onServer(given, work);
  const folder = mkdtempSync(join(tmpdir(), "tenantry-scratch-"));
  chmodSync(folder, 0o755);
  const server = await startEmbedded({ folder, port: await freePort(), password: randomBytes(16).toString("hex") });
  try {
    return await onServer(server.url("postgres"), work);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onServer<T>(url: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `tenantry_scratch_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    const scratch = new URL(url);
    scratch.pathname = `/${name}`;
    return await work(scratch.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    await admin.end();
  }
}

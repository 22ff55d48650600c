import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { openInstallation } from "@/lib/cli/installation";
import { freePort } from "@/lib/platform/free-port";
import { newSecrets, writeSecrets } from "@/lib/platform/kept-secrets";
import { openDatabase } from "./database";

test("an app signs in to the embedded control database with the address that the command line prints", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-app-"));
  const before = { ...process.env };
  const kept = newSecrets();
  writeSecrets(folder, kept);
  const embedded = { folder, port: await freePort(), password: kept.postgresPassword };
  const none = { demo: false, development: false, host: "", port: 0, appPort: 0, url: "", oldSecretKeys: "" };
  const settings = { ...none, embedded, ownerUrl: undefined, folder, secretKey: kept.secretKey };
  const database = await openDatabase(settings, undefined, () => undefined);
  try {
    process.env.TENANTRY_DATA_DIR = folder;
    process.env.TENANTRY_PG_PORT = String(embedded.port);
    for (const name of ["DATABASE_URL", "TENANTRY_SECRET_KEY"]) delete process.env[name];
    const { appUrl } = await openInstallation();
    const app = new pg.Client({ connectionString: appUrl });
    await app.connect();
    const { rows } = await app.query("SELECT current_user AS who, (SELECT count(*) FROM tenants)::int AS tenants");
    expect(rows).toEqual([{ who: "tenantry_app", tenants: 0 }]);
    await expect(app.query("DELETE FROM audit_events")).rejects.toThrow("permission denied");
    await app.end();
  } finally {
    process.env = before;
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

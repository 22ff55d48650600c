import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/platform/free-port";
import { databaseUrl, newInstallation, start } from "./running";

/** Starts the production build on an empty installation for all journeys, and stops it after them. */
export default async function product(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-e2e-"));
  chmodSync(folder, 0o755);
  // Where no DNS server is until a journey starts one.
  const dnsPort = await freePort();
  // The same for a mail server.
  const smtpPort = await freePort();
  const running = start(await newInstallation(folder), [], {
    DNS_SERVERS: `127.0.0.1:${dnsPort}`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: "reports@example.com",
    REPORT_DIR: join(folder, "reports"),
  });
  await running.says("Ctrl-C stops everything", 300_000);
  const link = running.output().match(/http:\/\/\S+\/set-up\/\S+/)?.[0];
  process.env.E2E_URL = running.url;
  process.env.E2E_SET_UP = link ?? "";
  process.env.E2E_APP_PORT = String(running.appPort);
  process.env.E2E_DNS_PORT = String(dnsPort);
  process.env.E2E_SMTP_PORT = String(smtpPort);
  process.env.E2E_DATABASE = databaseUrl(running);
  return async () => {
    await running.end();
    rmSync(folder, { recursive: true, force: true });
  };
}

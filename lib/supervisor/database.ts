import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { prepareControl } from "@/lib/jobs/prepare-control";
import { type Embedded, embeddedAppUrl, embeddedControl, startEmbedded } from "@/lib/platform/embedded";
import type { Say } from "./children";
import type { Settings } from "./settings";

/** The control database in place: its address as Tenantry signs in, and how to stop what was started for it. */
export type Database = { url: string; stop: () => Promise<void> };

/** Starts the embedded PostgreSQL, or takes the given server, and brings the control database up to date. */
export async function openDatabase(settings: Settings, given: string | undefined, say: Say): Promise<Database> {
  const embedded = settings.embedded && (await keepEmbedded(settings.embedded, say));
  const url = settings.embedded ? embeddedAppUrl(settings.embedded.port, settings.embedded.password) : given;
  if (!url) throw new Error("There is neither a DATABASE_URL nor an embedded database.");
  try {
    const applied = await prepareControl(url, embedded?.url ?? settings.ownerUrl);
    if (applied.length > 0)
      say(`Control database: ${applied.length} migration${applied.length > 1 ? "s" : ""} applied`);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  return { url, stop: async () => await embedded?.stop() };
}

async function keepEmbedded(options: NonNullable<Settings["embedded"]>, say: Say): Promise<Database> {
  const state: { stopping: boolean; server: Embedded } = { stopping: false, server: await startEmbedded(options) };
  try {
    await createControl(state.server.url("postgres"));
  } catch (error) {
    await state.server.stop();
    throw error;
  }
  void watch(options, state, say);
  const stop = async () => {
    state.stopping = true;
    await state.server.stop();
  };
  return { url: state.server.url(embeddedControl), stop };
}

async function watch(
  options: NonNullable<Settings["embedded"]>,
  state: { stopping: boolean; server: Embedded },
  say: Say,
): Promise<void> {
  for (;;) {
    const code = await state.server.ended;
    if (state.stopping) return;
    say(`PostgreSQL ended (${code === null ? "killed" : `exit code ${code}`}); it is started again`);
    state.server = await again(options, say);
  }
}

async function again(options: NonNullable<Settings["embedded"]>, say: Say): Promise<Embedded> {
  for (;;) {
    try {
      return await startEmbedded(options);
    } catch (error) {
      say(`${error instanceof Error ? error.message : error}\nIt is tried again in 5 s.`);
      await delay(5000);
    }
  }
}

async function createControl(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [embeddedControl]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(embeddedControl)}`);
    await client.query("CREATE EXTENSION IF NOT EXISTS pg_buffercache");
    // Read by the monitoring of slow statements; its library is loaded by the embedded server's settings.
    await client.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    // A tenant's role has no business in any database but its own.
    await client.query("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
  } finally {
    await client.end();
  }
}

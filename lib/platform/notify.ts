import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { env } from "./env";
import { log } from "./log";

/** The channels on which processes tell each other that a table has something new. */
export type Channel =
  | "tenantry_tick"
  | "tenantry_tenant"
  | "tenantry_activity"
  | "tenantry_session"
  | "tenantry_server"
  | "tenantry_bulk"
  | "tenantry_isolation"
  | "tenantry_processes";

export type Listener = {
  /** Called for each notification. The payload is a hint; the table is the truth. */
  onMessage: (channel: Channel, payload: string) => void;
  /** Called each time the connection is (again) in place: what was said meanwhile was missed. */
  onConnected?: () => void;
  /** Called each time the connection was lost, or could not be made: from now on nothing is heard. */
  onLost?: () => void;
};

/**
 * Listens on a connection of its own, which `name` names in pg_stat_activity, and reconnects for as long as `signal` is
 * not aborted.
 */
export function listen(channels: Channel[], listener: Listener, signal: AbortSignal, name = "tenantry-listen"): void {
  void keepListening(channels, listener, signal, name);
}

async function keepListening(
  channels: Channel[],
  listener: Listener,
  signal: AbortSignal,
  name: string,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    let had = false;
    try {
      const ready = () => {
        failures = 0;
        had = true;
        listener.onConnected?.();
      };
      await listenOnce(channels, listener, signal, name, ready);
    } catch (error) {
      tell(error, had, failures + 1);
    }
    listener.onLost?.();
    await delay(Math.min(5000, 100 * 2 ** failures), undefined, { signal }).catch(() => undefined);
  }
}

/** A process that is still loading may be too busy to take up its connection in time: that alone warns nobody. */
function tell(cause: unknown, had: boolean, attempts: number): void {
  const error = String(cause);
  if (had) log().warn({ error }, "the connection that hears of changes was lost; it is made again");
  else if (attempts < 3) log().info({ error }, "the connection that hears of changes is not there yet");
  else log().warn({ error, attempts }, "the connection that hears of changes can't be made; it is tried again");
}

async function listenOnce(
  channels: Channel[],
  listener: Listener,
  signal: AbortSignal,
  name: string,
  ready: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: name,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
  });
  const closed = new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("end", () => resolve());
  });
  closed.catch(() => undefined);
  const stop = () => void client.end().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await client.connect();
    client.on("notification", (message) => listener.onMessage(message.channel as Channel, message.payload ?? ""));
    for (const channel of channels) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    ready();
    await closed;
  } finally {
    signal.removeEventListener("abort", stop);
    await client.end().catch(() => undefined);
  }
}

import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { tickSeconds } from "@/lib/kernel/metrics";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import type { ServerRow } from "@/lib/servers/access";
import { CollectorLocks } from "./collector-locks";
import type { Control } from "./control-questions";
import { watchServer } from "./watch-server";

export type CollectorOptions = { clock: Clock; signal: AbortSignal };

/** Milliseconds between two looks at the list of servers, at least. */
const lookInterval = tickSeconds * 1000;

/**
 * Measures every server of the fleet until `signal` is aborted. Any number of workers may run it: each server is
 * measured by one of them. `done` resolves when everything is closed.
 */
export function startCollector({ clock, signal }: CollectorOptions): { done: Promise<void> } {
  return { done: collect(clock, signal) };
}

async function collect(clock: Clock, signal: AbortSignal): Promise<void> {
  const control = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 4,
    application_name: "tenantry-collector",
    connectionTimeoutMillis: 5000,
    query_timeout: 15_000,
    keepAlive: true,
  });
  control.on("error", (error) => log().warn({ error: error.message }, "a collector's control connection was lost"));
  while (!signal.aborted) {
    await collectWhileLocked(control, clock, signal).catch((error: unknown) => {
      log().warn({ error: String(error) }, "the collector lost the control database; trying again");
    });
    await pause(1000, signal);
  }
  await control.end();
}

/** Collects for as long as the session that holds the locks stands. */
async function collectWhileLocked(control: Control, clock: Clock, signal: AbortSignal): Promise<void> {
  const locks = await CollectorLocks.open();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, locks.lost, stop.signal]);
  const fleet = new Fleet(locks, (server, ended) => watchServer(server, { control, clock, signal: ended }));
  try {
    while (!either.aborted) {
      await fleet.follow(await controlDb().server.findMany({ where: { removedAt: null } }));
      await locks.check();
      await pause(lookInterval, either);
    }
  } finally {
    stop.abort();
    await fleet.stop();
    await locks.close();
  }
}

type Running = { address: string; stop: AbortController; done: Promise<void> };

/** The servers that this process measures. */
class Fleet {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly locks: CollectorLocks,
    private readonly watch: (server: ServerRow, ended: AbortSignal) => Promise<void>,
  ) {}

  /** Starts the servers that are new and free, and stops those that are gone or reached in another way now. */
  async follow(servers: ServerRow[]): Promise<void> {
    const wanted = new Map(servers.map((server) => [server.id, server]));
    for (const [id, running] of this.running) {
      const server = wanted.get(id);
      if (server && addressOf(server) === running.address) continue;
      await this.end(id, running);
      if (!server) await this.locks.release(id);
    }
    for (const server of servers) {
      if (!this.running.has(server.id) && (await this.locks.hold(server.id))) this.start(server);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running].map(([id, running]) => this.end(id, running)));
  }

  private start(server: ServerRow): void {
    const stop = new AbortController();
    const done = this.watch(server, stop.signal);
    this.running.set(server.id, { address: addressOf(server), stop, done });
  }

  private async end(id: string, { stop, done }: Running): Promise<void> {
    stop.abort();
    this.running.delete(id);
    await done;
  }
}

function addressOf(server: ServerRow): string {
  const { host, port, adminUser, adminSecret, adminDatabase, tls } = server;
  return JSON.stringify([host, port, adminUser, adminSecret, adminDatabase, tls]);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

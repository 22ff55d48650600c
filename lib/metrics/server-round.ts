import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { metricNames } from "@/lib/kernel/metrics";
import { log } from "@/lib/platform/log";
import { clientConfig, connect, type ServerAccess } from "@/lib/platform/postgres";
import { capacityOf, type ServerCapacity } from "./capacity-of";
import type { Backend, Counters, Findings, Round, RuntimeCounters, Target } from "./collector";
import { collectors } from "./collectors";
import { besides } from "./collectors/app";
import { localPostmaster } from "./local-server";
import { readProcesses } from "./processes";
import { readBackends, readDatabases } from "./readings";

/** A server that does not answer a question within this many milliseconds is taken for dead. */
const patience = 10_000;

/** Seconds on a clock that never jumps. */
export type Monotonic = () => number;
export const monotonic: Monotonic = () => performance.now() / 1000;

/** What a round found; `at` is when the server's processes and counters were read. */
export type Answers = { at: Date; targets: Target[]; findings: Findings };

/** The one connection to a server, and what its collectors remember while it lasts. */
export class ServerRounds {
  private readonly running = Object.entries(collectors).map(([name, start]) => ({ name, collect: start() }));

  private constructor(
    private readonly client: pg.Client,
    private readonly postmaster: number | null,
    private readonly clock: Clock,
    private readonly now: Monotonic,
  ) {}

  static async open(access: ServerAccess, clock: Clock, now: Monotonic = monotonic): Promise<ServerRounds> {
    const client = await connect({ ...clientConfig(access), query_timeout: patience });
    try {
      // Compiling a question would cost more than it takes; and it must never wait for a lock.
      await client.query(`SET statement_timeout = ${patience}; SET lock_timeout = '2s'; SET jit = off`);
      return new ServerRounds(client, await localPostmaster(access, client), clock, now);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Reads the server once and asks every collector. Tenants without a database yet are left out. */
  async read(tenants: { id: string; database: string }[], runtime: RuntimeCounters): Promise<Answers> {
    const { counters, oids } = await readDatabases(this.client);
    const backends = await readBackends(this.client);
    const targets = tenants.flatMap(({ id, database }) => {
      const datid = oids.get(database);
      return datid === undefined ? [] : [{ id, database, datid }];
    });
    const at = this.clock();
    const round = this.roundOf(targets, backends, counters, runtime);
    return { at, targets, findings: await this.collect(round) };
  }

  /** What the server can hold. */
  async capacity(): Promise<ServerCapacity> {
    return await capacityOf(this.client, this.postmaster !== null);
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  private roundOf(
    targets: Target[],
    backends: Backend[],
    counters: Map<number, Counters>,
    runtime: RuntimeCounters,
  ): Round {
    const pids = backends.map(({ pid }) => pid);
    const processes = this.postmaster === null ? null : readProcesses(this.postmaster, pids);
    return { at: this.now(), client: this.client, targets, backends, counters, runtime, processes };
  }

  /** One collector that the server refuses leaves its metric unknown; a broken connection ends the round. */
  private async collect(round: Round): Promise<Findings> {
    const all: Findings = { values: {}, unattributed: {} };
    for (const { name, collect } of this.running) {
      try {
        const { values, unattributed } = await collect(round);
        if (name === "app") fillIn(all.values, values);
        else Object.assign(all.values, values);
        Object.assign(all.unattributed ?? {}, unattributed);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        log().warn({ collector: name, error: String(error) }, "a collector was refused an answer");
      }
    }
    return all;
  }
}

/** What apps send comes beside what else was found, not in its place. */
function fillIn(all: Findings["values"], sent: Findings["values"]): void {
  for (const metric of metricNames) {
    const found = sent[metric];
    if (found) all[metric] = besides(all[metric], found);
  }
}

function isRefusal(error: unknown): boolean {
  // Class 57 is the server ending the session (57P01…), except 57014: the statement alone was cancelled.
  return error instanceof pg.DatabaseError && (!error.code?.startsWith("57") || error.code === "57014");
}

import type pg from "pg";
import type { Metric } from "@/lib/kernel/metrics";
import type { Measure } from "@/lib/tenants/shapes";
import type { ProcessTable } from "./processes";

/** A tenant whose database is on the server now. */
export type Target = { id: string; database: string; datid: number };

/** A PostgreSQL process with a database, as pg_stat_activity lists it. */
export type Backend = {
  pid: number;
  datid: number;
  /** A client's session; otherwise a parallel worker, an autovacuum worker or the like. */
  client: boolean;
  /** Seconds that the statement running now has taken; 0 when none runs. */
  runningFor: number;
  /** Seconds since its last statement began or ended; infinite where that is not known. */
  quietFor: number;
};

/** A database's cumulative counters, from pg_stat_database. */
export type Counters = {
  transactions: number;
  hits: number;
  reads: number;
  /** Grows whenever the database may have changed in size. */
  writes: number;
  activeSeconds: number;
  /** Changes when the counters start anew. */
  epoch: string;
};

/** A tenant's cumulative request counters, from the runtimes. */
export type RequestCounters = { requests: number; durationMs: number };

/** What one app process holds of a tenant's connections, and what it counted while somebody waited for one. */
export type PoolCounters = { process: string; open: number; waits: number; waitMs: number };

/** A tenant's newest value of a metric, as its app sent it by OTLP; no longer fresh, it is only of interest as gone. */
export type AppReading = { metric: Metric; value: number; fresh: boolean };

/** What the runtimes and the apps tell of a server's tenants. */
export type RuntimeCounters = {
  requests: Map<string, RequestCounters>;
  pools: Map<string, PoolCounters[]>;
  apps: Map<string, AppReading[]>;
};

/** What one round over a server has read and asks the collectors about. */
export type Round = {
  /** When it was read, in seconds on a clock that never jumps. */
  at: number;
  /** The one connection to the server. */
  client: pg.Client;
  targets: Target[];
  backends: Backend[];
  counters: Map<number, Counters>;
  runtime: RuntimeCounters;
  /** The server's processes, where it runs on this machine. */
  processes: ProcessTable | null;
};

/** Tenant to what was found. A tenant that is missing keeps what it had; null says that the value is unknown. */
export type Found = Map<string, Measure | null>;

export type Findings = {
  values: Partial<Record<Metric, Found>>;
  /** What the server used and no tenant owns: percent of one core, or MiB. */
  unattributed?: { cpu?: number; memory?: number };
};

/** Makes a collector for one connection to one server; what it remembers between rounds is gone with the connection. */
export type Collector = () => (round: Round) => Findings | Promise<Findings>;

/** The same finding for every tenant of a round. */
export function everyone(round: Round, found: Measure | null): Found {
  return new Map(round.targets.map((target) => [target.id, found]));
}

export const bytesInMiB = 1024 * 1024;

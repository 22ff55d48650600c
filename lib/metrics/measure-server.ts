import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import type { ServerAccess } from "@/lib/platform/postgres";
import type { Usage } from "@/lib/tenants/shapes";
import { storeCapacity } from "./capacity-of";
import type { RequestCounters } from "./collector";
import { appReadings, type Control, latestUsage, poolCounters, requestCounters, tenantsOf } from "./control-questions";
import { type Monotonic, monotonic, ServerRounds } from "./server-round";
import { totalsOf } from "./totals";
import { UsageState } from "./usage-state";
import { type Tick, writeTick } from "./write-tick";

/** Rounds between two readings of every request counter, also of those that do not seem to have moved. */
const fullReading = 30;

/** Rounds between two looks at what the server can hold: a minute. */
const capacityRounds = 30;

/** The server stopped answering in the middle of a round. The message is for people. */
export class ContactLost extends Error {
  override readonly name = "ContactLost";
}

/** Measures one server, round by round, for as long as its connection lasts. */
export class ServerMeasurement {
  private rounds = 0;
  private counted = new Map<string, RequestCounters>();

  private constructor(
    private readonly serverId: string,
    private readonly address: string,
    private readonly control: Control,
    private readonly server: ServerRounds,
    private readonly state: UsageState,
  ) {}

  static async open(
    serverId: string,
    access: ServerAccess,
    control: Control,
    clock: Clock,
    now: Monotonic = monotonic,
  ): Promise<ServerMeasurement> {
    const stored: Map<string, Usage> = await latestUsage(control, serverId);
    const server = await ServerRounds.open(access, clock, now);
    const address = `${access.host}:${access.port}`;
    return new ServerMeasurement(serverId, address, control, server, new UsageState(stored));
  }

  /** One round: read what is asked about from the control database, then the server. Nothing is written yet. */
  async measure(): Promise<Tick> {
    const tenants = await tenantsOf(this.control, this.serverId);
    const requests = await this.readRequests(new Set(tenants.map(({ id }) => id)));
    const pools = await poolCounters(this.control, this.serverId);
    const apps = await appReadings(this.control, this.serverId, this.rounds === 1 ? "all" : "recent");
    const started = performance.now();
    const { at, targets, findings } = await this.server
      .read(tenants, { requests, pools, apps })
      .catch((cause: unknown) => {
        throw new ContactLost(`The server ${this.address} stopped answering: ${reason(cause)}.`, { cause });
      });
    const changes = this.state.take(findings, targets, at);
    const totals = totalsOf(findings, targets, this.state);
    return { serverId: this.serverId, at, durationMs: performance.now() - started, totals, changes };
  }

  /** Stores a round. If that fails, the next round writes everything again. */
  async write(tick: Tick): Promise<string> {
    try {
      return await writeTick(this.control, tick);
    } catch (error) {
      this.state.doubt();
      throw error;
    }
  }

  /** What the server can hold hardly changes: it is asked for with the first round and then each minute. */
  async measureCapacity(): Promise<void> {
    if (this.rounds % capacityRounds !== 1) return;
    const found = await this.server.capacity().catch((cause: unknown) => {
      throw new ContactLost(`The server ${this.address} stopped answering: ${reason(cause)}.`, { cause });
    });
    await storeCapacity(this.control, this.serverId, found);
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private async readRequests(tenants: Set<string>): Promise<Map<string, RequestCounters>> {
    const full = this.rounds++ % fullReading === 0;
    const read = await requestCounters(this.control, this.serverId, full ? "all" : "recent");
    this.counted = full ? read : new Map([...this.counted, ...read]);
    for (const id of this.counted.keys()) if (!tenants.has(id)) this.counted.delete(id);
    return this.counted;
  }
}

function reason(cause: unknown): string {
  if (cause instanceof pg.DatabaseError) return cause.message;
  return /timeout/i.test(String(cause)) ? "no answer in time" : "the connection was closed";
}

import pg from "pg";
import { currentTenant, tenantHere } from "./context";
import type { Lent } from "./lending";
import type { Asked } from "./loan";

type Answered = (error: Error | undefined, result?: pg.QueryResult) => void;
type Query = (asked: Asked, values?: unknown, callback?: Answered) => unknown;
type Connected = (error: Error | undefined, client?: pg.PoolClient, done?: (close?: unknown) => void) => void;

/** What a pool for ORMs stands on. */
export type PoolSource = {
  /** Lends a connection to a tenant's database, for code of that tenant only, or (`bound`) also outside contexts. */
  lend: (tenantId: string, bound: boolean) => Promise<Lent>;
  /** One statement on a tenant's database, likewise. */
  ask: (tenantId: string, bound: boolean, asked: Asked, values?: readonly unknown[]) => Promise<pg.QueryResult>;
  /** What there is of a tenant's pool now. */
  now: (tenantId: string) => { open: number; idle: number; waiting: number };
};

/**
 * A tenant's pool as ORMs want it: a `pg.Pool` by its face and by `instanceof`, over the runtime's own connections. It
 * opens none itself. Bound to a tenant it refuses to work in another one's context; otherwise it works for the tenant
 * of the running code, and outside every context it throws.
 */
export class TenantPgPool extends pg.Pool {
  readonly #source: PoolSource;
  readonly #tenantId: string | null;

  constructor(source: PoolSource, tenantId: string | null) {
    super();
    this.#source = source;
    this.#tenantId = tenantId;
    // pg's own pool counts its own connections, in plain getters of its prototype.
    const now = () => {
      const id = tenantId ?? tenantHere()?.id;
      return id === undefined ? { open: 0, idle: 0, waiting: 0 } : source.now(id);
    };
    // pg's own would tell its caller of a lost connection by the connection's event, before it could be explained.
    const whole: Query = super.query.bind(this);
    Object.defineProperties(this, {
      query: { value: (...given: Parameters<Query>) => this.#query(whole, ...given) },
      totalCount: { get: () => now().open },
      idleCount: { get: () => now().idle },
      waitingCount: { get: () => now().waiting },
      expiredCount: { get: () => 0 },
    });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const connecting = this.#connect();
    if (!callback) return connecting;
    connecting.then(
      (client) => process.nextTick(callback, undefined, client, client.release),
      (error: unknown) => process.nextTick(callback, error),
    );
    return undefined;
  }

  /** The runtime ends the connections: an ORM that is done with its pool ends nothing. */
  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    if (!callback) return Promise.resolve();
    process.nextTick(callback);
    return undefined;
  }

  #query(whole: Query, asked: Asked, values?: unknown, callback?: Answered): unknown {
    const { submit, callback: own } = (asked ?? {}) as { submit?: unknown; callback?: Answered };
    if (submit) return whole(asked, values, callback);
    const answered = callback ?? (typeof values === "function" ? (values as Answered) : own);
    const listed = Array.isArray(values) ? values : undefined;
    const plain = typeof asked === "object" && own ? { ...asked, callback: undefined } : asked;
    const asking = (async () => await this.#source.ask(this.#tenant(), this.#tenantId !== null, plain, listed))();
    if (!answered) return asking;
    asking.then(
      (result) => process.nextTick(answered, undefined, result),
      (error: unknown) => process.nextTick(answered, error),
    );
    return undefined;
  }

  async #connect(): Promise<pg.PoolClient> {
    const lent = await this.#source.lend(this.#tenant(), this.#tenantId !== null);
    const client = Object.assign(lent.client, { release: this.#releaseOnce(lent) }) as unknown as pg.PoolClient;
    this.emit("acquire", client);
    return client;
  }

  #tenant(): string {
    const bound = this.#tenantId;
    if (bound === null) return currentTenant().id;
    const here = tenantHere();
    if (here && here.id !== bound) throw new Error("This pool belongs to another tenant's context.");
    return bound;
  }

  /** As with pg: a second release throws, and `release(true)` closes. An error alone does not: cleaning up decides. */
  #releaseOnce(lent: Lent): (close?: unknown) => void {
    let released = false;
    return (close) => {
      if (released) throw new Error("Release called on client which has already been released to the pool.");
      released = true;
      this.emit("release", close instanceof Error ? close : undefined, lent.client);
      lent.giveBack(true, close === true).catch(() => undefined);
    };
  }
}

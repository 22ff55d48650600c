import pg from "pg";
import { env } from "@/lib/platform/env";

/**
 * Which process measures which server, agreed by advisory locks of one session on the control database: they are
 * free again the moment that session ends, however it ends, and then another worker takes over.
 */
export class CollectorLocks {
  private readonly held = new Set<string>();
  private readonly gone = new AbortController();

  /** Aborted when the session is lost, and with it every lock. */
  readonly lost = this.gone.signal;

  private constructor(private readonly client: pg.Client) {
    const lose = () => this.gone.abort();
    client.on("error", lose);
    client.on("end", lose);
  }

  static async open(): Promise<CollectorLocks> {
    const client = new pg.Client({
      connectionString: env().DATABASE_URL,
      application_name: "tenantry-collector",
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
    });
    const locks = new CollectorLocks(client);
    await client.connect();
    // A worker whose machine vanished must lose its locks within seconds, not after TCP's two hours.
    await client.query("SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3");
    return locks;
  }

  /** Takes the lock of a server unless another worker has it; also proves that the session still stands. */
  async hold(serverId: string): Promise<boolean> {
    if (this.held.has(serverId)) return true;
    const { rows } = await this.client.query<{ free: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free",
      [`collector:${serverId}`],
    );
    if (rows[0]?.free) this.held.add(serverId);
    return rows[0]?.free ?? false;
  }

  async release(serverId: string): Promise<void> {
    if (!this.held.delete(serverId)) return;
    await this.client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [`collector:${serverId}`]);
  }

  /** Throws when the session no longer answers. */
  async check(): Promise<void> {
    await this.client.query("SELECT");
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

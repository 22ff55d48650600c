import { AppError } from "@/lib/kernel/errors";
import type { RuntimeTenant } from "./tenant";

type Outage = { error: unknown; since: number; trying: boolean };

const pauseMs = 250;
const unreachable = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENOTFOUND", "ETIMEDOUT", "unreachable", "57P03"]);

/**
 * Servers that can't be reached: one request at a time tries them, the others are answered at once with what the last
 * one was told. Otherwise the tenants of a dead server would hold every place in the total while they wait for it.
 */
export class Outages {
  readonly #servers = new Map<string, Outage>();

  /** Opens a connection, or throws at once what was found out a moment ago. */
  async attempt<Result>({ host, port }: RuntimeTenant, open: () => Promise<Result>): Promise<Result> {
    const server = `${host}:${port}`;
    const outage = this.#servers.get(server);
    if (outage && (outage.trying || performance.now() - outage.since < pauseMs)) throw outage.error;
    if (outage) outage.trying = true;
    try {
      const result = await open();
      this.#servers.delete(server);
      return result;
    } catch (error) {
      const out = error instanceof AppError && unreachable.has(error.reason ?? "");
      if (out) this.#servers.set(server, { error, since: performance.now(), trying: false });
      else this.#servers.delete(server);
      throw error;
    }
  }
}

import { AppError } from "@/lib/kernel/errors";
import type { RuntimeTenant } from "./tenant";

type Outage = {
  error: unknown;
  since: number;
  /** Whose connection failed. */
  tenantId: string;
  /** It is the server that is away; otherwise it may be this tenant alone whose connections hang. */
  everyones: boolean;
  /** When the last try began that is still under way. */
  trying?: number;
};

const pauseMs = 250;
/** After how long a try that is still not answered no longer keeps the next one from trying. */
const tryMs = 1000;
/** The network's own words, and a server's that is starting or stopping: no tenant can bring them about. */
const away = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN", "EPIPE"],
  ...["unreachable", "57P03"],
]);

/**
 * Servers that can't be reached: one request at a time tries them, the others are answered at once with what the last
 * one was told. Otherwise the tenants of a dead server would hold every place in the total while they wait for it.
 * A server that says anything is there. What goes wrong from then on is one tenant's own, and so is silence until a
 * second tenant meets it: a tenant can choose how its own role signs in.
 */
export class Outages {
  readonly #servers = new Map<string, Outage>();

  /** Opens a connection, or throws at once what was found out a moment ago; `open` says when the server says something. */
  async attempt<Result>(
    { id, host, port }: RuntimeTenant,
    open: (heard: () => void) => Promise<Result>,
  ): Promise<Result> {
    const server = `${host}:${port}`;
    const known = this.#servers.get(server);
    const outage = known && (known.everyones || known.tenantId === id) ? known : undefined;
    const now = performance.now();
    if (outage && (now - outage.since < pauseMs || now - (outage.trying ?? -tryMs) < tryMs)) throw outage.error;
    if (outage) outage.trying = now;
    let spoke = false;
    const heard = () => {
      spoke = true;
      this.#servers.delete(server);
    };
    try {
      return await open(heard);
    } catch (error) {
      const reason = error instanceof AppError ? error.reason : undefined;
      if (reason === "57P03" || (!spoke && reason && (away.has(reason) || reason === "ETIMEDOUT"))) {
        const before = this.#servers.get(server);
        const everyones = reason !== "ETIMEDOUT" || (before && (before.everyones || before.tenantId !== id)) === true;
        this.#servers.set(server, { error, since: performance.now(), tenantId: id, everyones });
      }
      throw error;
    }
  }
}

import type { EventEmitter } from "node:events";
import pg from "pg";

/** What pg keeps of a session on our side, and has no public name for. `lending.test.ts` fails when a new version differs. */
type Inside = {
  readyForQuery: boolean;
  pipeline: boolean;
  _types: { text: Record<number, unknown>; binary: Record<number, unknown> };
  processID: number | null;
  secretKey: number | null;
  connection: {
    parsedStatements: Record<string, string>;
    submittedNamedStatements: Record<string, string>;
    stream: { destroy: () => void; cork: () => void; uncork: () => void };
  };
};

type Canceller = EventEmitter & {
  connect: (port: number, host: string) => void;
  requestSsl: () => void;
  cancel: (processId: number, secretKey: number) => void;
};

const inside = (client: pg.Client): Inside => client as unknown as Inside;

/** Whether PostgreSQL has not answered everything yet that was asked. */
export function isBusy(client: pg.Client): boolean {
  return !inside(client).readyForQuery;
}

/** Whether everything is answered and no transaction is open. */
export function isAtRest(client: pg.Client): boolean {
  return !isBusy(client) && client.getTransactionStatus() === "I";
}

/** Waits until everything is answered; false when it is not in time. */
export async function untilAnswered(client: pg.Client, milliseconds: number): Promise<boolean> {
  if (!isBusy(client)) return true;
  return await new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      client.off("drain", done).off("end", done);
      resolve(!isBusy(client));
    };
    const timer = setTimeout(done, milliseconds);
    client.on("drain", done).on("end", done);
  });
}

/** Forgets prepared statements' names and type parsers: the memory that pg keeps of a session. */
export function forgetSession(client: pg.Client): void {
  const { connection, _types } = inside(client);
  connection.parsedStatements = {};
  connection.submittedNamedStatements = {};
  _types.text = {};
  _types.binary = {};
}

/**
 * Asks for what `ask` asks and for `DISCARD ALL` behind it in one write, so that cleaning up costs neither a round trip
 * nor a wake-up of its own. `clean` says whether that succeeded: a statement that left a transaction open refuses it.
 * The connection must be at rest before, and belongs to nobody until `clean` is there.
 */
export function askAndDiscard<Result>(
  client: pg.Client,
  ask: () => Result,
): { asked: Result; clean: Promise<boolean> } {
  const session = inside(client);
  const { stream } = session.connection;
  // Only here, where nobody else asks: pg sends what is asked behind it at once, instead of waiting for the answer.
  session.pipeline = true;
  stream.cork();
  try {
    const asked = ask();
    const clean = new Promise<boolean>((resolve) => {
      client.query("DISCARD ALL", (error: Error | null) => {
        session.pipeline = false;
        if (!error) forgetSession(client);
        resolve(!error);
      });
    });
    return { asked, clean };
  } catch (error) {
    // pg would not even try: nothing was sent.
    session.pipeline = false;
    throw error;
  } finally {
    stream.uncork();
  }
}

/** Cuts the connection without a goodbye. */
export function cut(client: pg.Client): void {
  inside(client).connection.stream.destroy();
}

/**
 * Asks PostgreSQL to cancel what a session is running, and waits (a second at most) until it has taken note, which it
 * says by closing the connection that asked. False when it did not: the request may be on its way still, and would hit
 * the session's next statement.
 */
export async function cancelRunning(client: pg.Client): Promise<boolean> {
  const { processID, secretKey } = inside(client);
  if (processID === null || secretKey === null) return false;
  const asker = new pg.Connection({ ssl: client.ssl }) as unknown as Canceller & pg.Connection;
  return await new Promise<boolean>((resolve) => {
    let asked = false;
    const giveUp = () => {
      asked = false;
      asker.stream.destroy();
    };
    const timer = setTimeout(giveUp, 1000);
    const ask = () => {
      asker.cancel(processID, secretKey);
      asked = true;
    };
    asker.once("connect", () => (client.ssl ? asker.requestSsl() : ask()));
    asker.once("sslconnect", ask);
    asker.on("error", giveUp);
    asker.once("end", () => {
      clearTimeout(timer);
      resolve(asked);
    });
    asker.connect(client.port, client.host);
  });
}

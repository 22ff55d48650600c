import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { clientConfig, connect } from "@/lib/platform/postgres";
import { within } from "@/lib/platform/within";
import { type ServerRow, serverAccess } from "./access";

/** What a server answered, or why it did not, in words for people. */
export type ServerAnswer<Row extends ServerRow, T> = { server: Row } & (
  | { answer: T; error: null }
  | { answer: null; error: string }
);

/** At most so many at a time. */
const atOnce = 4;

/**
 * Asks some servers as their administrators, a few at a time, each for at most `patienceMs`: one that is dead or slow is
 * told as such and keeps nobody from being asked.
 */
export async function askServers<Row extends ServerRow, T>(
  servers: readonly Row[],
  ask: (client: pg.Client, server: Row) => Promise<T>,
  patienceMs = 5000,
): Promise<ServerAnswer<Row, T>[]> {
  const answers = new Map<string, ServerAnswer<Row, T>>();
  const waiting = [...servers];
  const work = async () => {
    for (let server = waiting.shift(); server; server = waiting.shift())
      answers.set(server.id, await askOne(server, ask, patienceMs));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, servers.length) }, work));
  return servers.flatMap(({ id }) => answers.get(id) ?? []);
}

async function askOne<Row extends ServerRow, T>(
  server: Row,
  ask: (client: pg.Client, server: Row) => Promise<T>,
  patienceMs: number,
): Promise<ServerAnswer<Row, T>> {
  let client: pg.Client | undefined;
  try {
    const config = clientConfig(await serverAccess(server));
    const opening = connect({
      ...config,
      ...{ connectionTimeoutMillis: patienceMs, query_timeout: patienceMs, application_name: "tenantry-asks" },
    });
    client = await opening;
    // Compiling a question would cost more than it takes; and none waits for a lock.
    await client.query(`SET statement_timeout = ${patienceMs}; SET lock_timeout = '1s'; SET jit = off`);
    return { server, answer: await within(patienceMs, ask(client, server)), error: null };
  } catch (error) {
    return { server, answer: null, error: reason(error, patienceMs) };
  } finally {
    // Not waited for: a server that says nothing never answers the good-bye either.
    void client?.end().catch(() => undefined);
  }
}

function reason(error: unknown, patienceMs: number): string {
  if (error instanceof AppError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  if (/sealed|secret/i.test(text)) return text;
  if (/timeout|not done after/i.test(text)) return `The server did not answer within ${patienceMs / 1000} s.`;
  return `The server refused the question: ${text}`;
}

import { Socket } from "node:net";
import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { connectWith } from "@/lib/platform/either-password";
import { unseal } from "@/lib/platform/keyring";
import { contexts } from "@/lib/platform/sealed-columns";
import { within } from "@/lib/platform/within";
import { cancelRunning, cut, forgetSession, isAtRest, isBusy, untilAnswered } from "./pg-session";
import type { RuntimeTenant } from "./tenant";

const resetMs = 2000;
const endMs = 2000;
const answerMs = 100;

/** How long things may take, in milliseconds. */
export type Patience = { statementMs: number; connectMs: number };

/**
 * Opens a connection to a tenant's own database as the tenant's own role, and asks PostgreSQL whether it is that one:
 * a pooler or an address that leads elsewhere is found before the first row. Throws `unavailable` with the reason.
 * Calls `heard` when the server says its first word.
 */
export async function openTenant(
  tenant: RuntimeTenant,
  patience: Patience,
  heard: () => void = () => undefined,
): Promise<pg.Client> {
  const { host, port, tls, database, role, secret, nextSecret, pooling } = tenant;
  const { statementMs, connectMs } = patience;
  const config = {
    ...{ host, port, database, user: role },
    ssl: tls ? { rejectUnauthorized: true } : false,
    connectionTimeoutMillis: connectMs,
    // A pooler refuses what it does not know at the beginning of a session.
    ...(pooling === "none" ? { statement_timeout: statementMs } : {}),
    keepAlive: true,
    stream: () => new Socket().once("data", heard),
    application_name: "tenantry runtime",
  };
  const open = (sealed: string) => () => unseal(sealed, contexts.tenant(tenant.id));
  const passwords: Parameters<typeof connectWith>[1] = [open(secret), ...(nextSecret ? [open(nextSecret)] : [])];
  const client = await connectWith(config, passwords).catch((error: unknown) => {
    throw refusedByPooler(error, tenant) ?? error;
  });
  try {
    await within(connectMs, check(client, tenant));
    if (pooling === "session") await limitStatements(client, statementMs);
    return client;
  } catch (error) {
    await endClient(client);
    throw error;
  }
}

/** A pooler has one code for whatever is wrong behind it. */
function refusedByPooler(error: unknown, { host, port, pooling }: RuntimeTenant): AppError | undefined {
  if (pooling === "none" || !(error instanceof AppError) || error.reason !== "08P01") return undefined;
  const why = error.cause instanceof Error ? error.cause.message : "it does not say why";
  const words = `The pooler ${host}:${port} can't reach the database, or does not let this role in: ${why}.`;
  return new AppError("unavailable", words, { cause: error, retryAfter: 5, reason: "pooler" });
}

async function check(client: pg.Client, { slug, database, role }: RuntimeTenant): Promise<void> {
  const { rows } = await client.query("SELECT current_database() AS database, current_user AS role");
  if (rows[0].database === database && rows[0].role === role) return;
  throw new Error(`The address of tenant ${slug} led to database ${rows[0].database} as ${rows[0].role}.`);
}

/** What a session before a pooler could not be given at its beginning. */
async function limitStatements(client: pg.Client, statementMs: number): Promise<void> {
  await client.query(`SET statement_timeout = ${Math.round(statementMs)}`);
}

/**
 * Waits a moment for what is still being answered; false when statements go on running, so that the connection must be
 * closed: what else its last user has begun nobody knows.
 */
export async function settleClient(client: pg.Client): Promise<boolean> {
  return !isBusy(client) || (await untilAnswered(client, answerMs));
}

/** Closes a connection, after cancelling what still runs there: PostgreSQL would go on with it for nobody. */
export async function closeClient(client: pg.Client, broken: boolean): Promise<void> {
  if (broken) cut(client);
  else if (isBusy(client)) {
    await cancelRunning(client);
    await untilAnswered(client, endMs);
  }
  await endClient(client);
}

/**
 * Leaves no trace of the last user; false when that failed and the connection must be closed. DISCARD ALL rather than
 * a list of resets: it is PostgreSQL's own word for "as if newly connected" and covers what later versions add.
 */
export async function resetClient(
  client: pg.Client,
  { pooling }: RuntimeTenant,
  { statementMs }: Patience,
): Promise<boolean> {
  const reset = async () => {
    if (client.getTransactionStatus() !== "I") await client.query("ROLLBACK");
    await client.query("DISCARD ALL");
    forgetSession(client);
    if (pooling === "session") await limitStatements(client, statementMs);
    return isAtRest(client);
  };
  return await within(resetMs, reset()).catch(() => false);
}

/** Says goodbye to PostgreSQL and waits, two seconds at most, until the connection is closed. */
async function endClient(client: pg.Client): Promise<void> {
  await within(endMs, client.end()).catch(() => cut(client));
}

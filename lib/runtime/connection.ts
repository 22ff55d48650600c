import type pg from "pg";
import { connectWith } from "@/lib/platform/either-password";
import { unseal } from "@/lib/platform/keyring";
import { contexts } from "@/lib/platform/sealed-columns";
import type { RuntimeTenant } from "./tenant";

const resetMs = 2000;
const endMs = 2000;

/**
 * Opens a connection to a tenant's own database as the tenant's own role, and asks PostgreSQL whether it is that one:
 * a pooler or an address that leads elsewhere is found before the first row. Throws `unavailable` with the reason.
 */
export async function openTenant(tenant: RuntimeTenant, statementMs: number): Promise<pg.Client> {
  const { host, port, tls, database, role, secret, nextSecret } = tenant;
  const config = {
    ...{ host, port, database, user: role },
    ssl: tls ? { rejectUnauthorized: true } : false,
    connectionTimeoutMillis: 5000,
    statement_timeout: statementMs,
    keepAlive: true,
    application_name: "tenantry runtime",
  };
  const open = (sealed: string) => () => unseal(sealed, contexts.tenant(tenant.id));
  const client = await connectWith(config, [open(secret), ...(nextSecret ? [open(nextSecret)] : [])]);
  try {
    const { rows } = await client.query("SELECT current_database() AS database, current_user AS role");
    if (rows[0].database === database && rows[0].role === role) return client;
    throw new Error(`The address of tenant ${tenant.slug} led to database ${rows[0].database} as ${rows[0].role}.`);
  } catch (error) {
    await endClient(client);
    throw error;
  }
}

/**
 * Leaves no trace of the last user; false when that failed and the connection must be closed. DISCARD ALL rather than
 * a list of resets: it is PostgreSQL's own word for "as if newly connected" and covers what later versions add.
 */
export async function resetClient(client: pg.Client): Promise<boolean> {
  const reset = async () => {
    // A transaction that a statement still under way opens is not seen here: then DISCARD ALL refuses.
    if (client.getTransactionStatus() !== "I") await client.query("ROLLBACK");
    await client.query("DISCARD ALL");
    return true;
  };
  return await within(resetMs, reset()).catch(() => false);
}

/** Says goodbye to PostgreSQL and waits, two seconds at most, until the connection is closed. */
export async function endClient(client: pg.Client): Promise<void> {
  await within(endMs, client.end()).catch(() => undefined);
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  // A bare timer: it is set and cleared for each loan, and an AbortSignal costs a hundred times as much.
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { clientConfig, connect } from "@/lib/platform/postgres";
import { locksDatabase } from "@/lib/tenants/rules";
import { connectAsTenant } from "@/lib/tenants/secret";
import { visit } from "@/lib/tenants/visit";
import type { ItemWork } from "./action";

type Use<T> = (client: pg.Client) => Promise<T>;

/** Runs `use` on an administrator's connection to the item's server, in `database` or the administrator's own. */
export async function asAdmin<T>(work: ItemWork, use: Use<T>, database?: string): Promise<T> {
  return await within(work, (settings) => connect({ ...clientConfig(work.server, database), ...settings }), use);
}

/**
 * Runs `use` as the tenant's own role in its own database: never with an administrator's rights. Where the tenant's status
 * keeps the role out, a role is made for this one visit.
 */
export async function asTenant<T>(work: ItemWork, use: Use<T>): Promise<T> {
  if (locksDatabase(work.tenant.status)) {
    givenUp(work);
    return await visit(work.server, work.tenant, settingsOf(work), (client) => cutWhenGivenUp(work, client, use));
  }
  return await within(work, (settings) => connectAsTenant(work.server, work.tenant, settings), use);
}

/** The server itself stops a statement at the item's timeout; the connection is cut when the item is given up. */
async function within<T>(
  work: ItemWork,
  open: (settings: pg.ClientConfig) => Promise<pg.Client>,
  use: Use<T>,
): Promise<T> {
  givenUp(work);
  const client = await open(settingsOf(work));
  try {
    return await cutWhenGivenUp(work, client, use);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function settingsOf({ timeoutMs }: ItemWork): pg.ClientConfig {
  return { query_timeout: timeoutMs + 5000, statement_timeout: timeoutMs, application_name: "tenantry-bulk" };
}

async function cutWhenGivenUp<T>(work: ItemWork, client: pg.Client, use: Use<T>): Promise<T> {
  const cut = () => void client.end().catch(() => undefined);
  work.signal.addEventListener("abort", cut, { once: true });
  try {
    givenUp(work);
    return await use(client);
  } finally {
    work.signal.removeEventListener("abort", cut);
  }
}

function givenUp({ signal }: ItemWork): void {
  if (signal.aborted)
    throw new AppError("unavailable", "This was given up before it was done.", { cause: signal.reason });
}

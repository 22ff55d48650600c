import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "./env";
import { PrismaClient } from "./generated/client";
import { log } from "./log";

export { Prisma } from "./generated/client";

/** The control database inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** The control database, in or out of a transaction. */
export type Db = PrismaClient | Tx;

// Next's development server loads this module again on each change; one client must stay.
const held = globalThis as { tenantryPrisma?: PrismaClient };

/** The control database's client of this process. */
export function controlDb(): PrismaClient {
  held.tenantryPrisma ??= openControlDb(env().DATABASE_URL);
  return held.tenantryPrisma;
}

/** A client of the control database at an address, with connections of its own. */
export function openControlDb(connectionString: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(
      {
        connectionString,
        max: env().CONTROL_POOL_SIZE,
        connectionTimeoutMillis: 5000,
        idleTimeoutMillis: 30_000,
        application_name: "tenantry",
      },
      { onPoolError: (error) => log().warn({ error: error.message }, "a control database connection was lost") },
    ),
  });
}

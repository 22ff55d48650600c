import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "./env";
import { PrismaClient } from "./generated/client";
import { log } from "./log";

// Next's development server loads this module again on each change; one client must stay.
const held = globalThis as { tenantryApart?: PrismaClient };

/**
 * The control database on two connections of their own, for single statements that must stand when the transaction
 * around them is rolled back. On `controlDb`, as many such transactions as it has connections would wait for each other.
 */
export function apartDb(): PrismaClient {
  held.tenantryApart ??= new PrismaClient({
    adapter: new PrismaPg(
      {
        connectionString: env().DATABASE_URL,
        max: 2,
        connectionTimeoutMillis: 5000,
        idleTimeoutMillis: 30_000,
        application_name: "tenantry apart",
      },
      { onPoolError: (error) => log().warn({ error: error.message }, "a control database connection was lost") },
    ),
  });
  return held.tenantryApart;
}

import { Prisma } from "@/lib/platform/prisma";

/** Why nothing can be done in a tenant's database: there is none, not yet or not any more. NULL where there is one. */
export const noDatabase = Prisma.sql`(CASE WHEN t.status::text IN ('provisioning', 'failed', 'deleting')
  THEN 'It has no database to work on: it is ' || t.status || '.' END)`;

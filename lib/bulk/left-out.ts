import { Prisma } from "@/lib/platform/prisma";
import { whyNot } from "@/lib/tenants/rules";

const reasons = Object.entries(whyNot).map(
  ([status, words]) =>
    Prisma.sql`WHEN ${status}::text THEN ${`${words.charAt(0).toUpperCase()}${words.slice(1)}.`}::text`,
);

/** Why a tenant's status, or what PostgreSQL holds it to, can't be changed now; NULL where it can. */
export const unsettled = Prisma.sql`CASE t.status::text ${Prisma.join(reasons, " ")} END`;

/** Why what the registry says of a tenant is left as it is: it is going. */
export const going = Prisma.sql`CASE WHEN t.status::text IN ('deleted', 'deleting') THEN 'It was deleted.' END`;

/** A warning where sessions will end. */
export const endsConnections = Prisma.sql`CASE WHEN u.connections > 0
  THEN u.connections || CASE WHEN u.connections = 1 THEN ' connection is open and will end' ELSE ' connections are open and will end' END END`;

/** A warning where PostgreSQL would let a blocked tenant in again. */
export const wasBlocked = Prisma.sql`CASE WHEN t.status = 'blocked'
  THEN 'It is blocked' || COALESCE(': ' || t.status_reason, '') END`;

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

/** Why somebody whose rights reach some tenants only leaves one as it is: nobody puts a tenant where they don't reach. */
export const outOfReach = Prisma.sql`'It would be out of your reach.'`;

/** A warning where sessions will end; how many in all is among what the plan says of itself. */
export const endsConnections = Prisma.sql`CASE WHEN u.connections > 0 THEN 'Connections are open and will end' END`;

/** A warning where PostgreSQL would let a blocked tenant in again. */
export const wasBlocked = Prisma.sql`CASE WHEN t.status = 'blocked'
  THEN 'It is blocked' || COALESCE(': ' || t.status_reason, '') END`;

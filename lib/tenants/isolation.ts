import type pg from "pg";
import { asFindings, ground } from "./isolation-ground";
import { insideRules, tenantRules } from "./isolation-rules";
import { locksDatabase } from "./rules";
import type { TenantStatus } from "./shapes";

/** What a rule found: which rule, and what is wrong in a sentence for people. */
export type Finding = { rule: string; words: string };

/** A tenant as the rules ask about it. */
export type AskedTenant = {
  id: string;
  /** Null: the database that the connection is in. */
  database: string | null;
  role: string;
  adopted: boolean;
  status: TenantStatus;
  /** Whether its database and role have to be there. */
  settled: boolean;
  /** Whether PostgreSQL keeps its role out. */
  locked: boolean;
};

type Registered = { id: string; database: string | null; role: string; adopted: boolean; status: TenantStatus };

/** A tenant of the registry as the rules ask about it. */
export function askedTenant({ id, database, role, adopted, status }: Registered): AskedTenant {
  return { id, database, role, adopted, status, settled: status !== "failed", locked: locksDatabase(status) };
}

/** What keeps a tenant apart, as far as a connection to its database sees it. */
export const isolationRules = [...tenantRules, ...insideRules];

const question = `WITH RECURSIVE ${ground} SELECT rule, words FROM (${asFindings(isolationRules)}) f ORDER BY rule, words`;

/**
 * What is wrong with a tenant's isolation, in one question; `inside` is an administrator's connection to its database. An
 * adopted database keeps its owner and whoever works in it: there only other tenants' roles are strangers.
 */
export async function findLeaks(
  inside: pg.Client,
  tenant: { id: string; role: string; adopted: boolean; status: TenantStatus },
): Promise<Finding[]> {
  const asked = askedTenant({ ...tenant, database: null });
  return (await inside.query<Finding>(question, [JSON.stringify([asked])])).rows;
}

import type pg from "pg";
import { currentTenant } from "./context";

/** A tenant's connection, for as long as the work it was lent to. */
export type TenantClient = {
  /** Runs SQL. Without parameters the text may hold several statements. */
  query: <Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    parameters?: readonly unknown[],
  ) => Promise<pg.QueryResult<Row>>;
};

/** Lends a connection: it answers only in its own tenant's context, and no longer once it was given back. */
export function lend(client: pg.Client, tenantId: string): { client: TenantClient; revoke: () => void } {
  let lent = true;
  const query: TenantClient["query"] = async <Row extends pg.QueryResultRow>(
    text: string,
    parameters: readonly unknown[] = [],
  ) => {
    if (!lent) throw new Error("This connection was given back; ask for one again with withClient.");
    if (currentTenant().id !== tenantId) throw new Error("This connection belongs to another tenant's context.");
    return parameters.length > 0 ? await client.query<Row>(text, [...parameters]) : await client.query<Row>(text);
  };
  return {
    client: { query },
    revoke: () => {
      lent = false;
    },
  };
}

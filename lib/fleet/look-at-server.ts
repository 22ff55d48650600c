import type pg from "pg";
import { systemIdOf } from "@/lib/servers/look";
import { mark } from "@/lib/tenants/steps";
import { visitedTenants } from "@/lib/tenants/visit";
import type { RegisteredTenant } from "./registered";

/** How a tenant's database and role stand on its server; null where there is none. */
export type Standing = {
  id: string;
  owner: string | null;
  databaseLimit: number | null;
  login: boolean | null;
  mark: string | null;
  connections: number | null;
  config: string[];
};

/** A database or role that bears Tenantry's mark. */
export type Marked = { kind: "database" | "role"; name: string; mark: string };

/** What one look at a server told. */
export type ServerLook = {
  /** The same for a cluster and its copies; null where this administrator may not read it. */
  cluster: string | null;
  standings: Standing[];
  marked: Marked[];
  /** Tenants whose locked database is open for a visit right now. */
  visited: Set<string>;
  tookMs: number;
};

const standings = `
  SELECT t.id, pg_get_userbyid(d.datdba) AS owner, d.datconnlimit AS "databaseLimit", r.rolcanlogin AS login,
         coalesce(shobj_description(r.oid, 'pg_authid'), '') AS mark, r.rolconnlimit AS connections,
         coalesce(c.setconfig, '{}') AS config
    FROM jsonb_to_recordset($1::jsonb) AS t (id text, database text, role text)
    LEFT JOIN pg_database d ON d.datname = t.database
    LEFT JOIN pg_roles r ON r.rolname = t.role
    LEFT JOIN pg_db_role_setting c ON c.setdatabase = d.oid AND c.setrole = r.oid`;

const marked = `
  SELECT 'database' AS kind, datname AS name, shobj_description(oid, 'pg_database') AS mark FROM pg_database
   WHERE shobj_description(oid, 'pg_database') LIKE '${mark("")}%'
  UNION ALL
  SELECT 'role', rolname, shobj_description(oid, 'pg_authid') FROM pg_roles
   WHERE shobj_description(oid, 'pg_authid') LIKE '${mark("")}%'`;

/** Asks a server about its tenants, and what else bears Tenantry's mark. Nothing is changed. */
export async function lookAtServer(client: pg.Client, tenants: readonly RegisteredTenant[]): Promise<ServerLook> {
  const began = performance.now();
  const asked = JSON.stringify(tenants.map(({ id, database, role }) => ({ id, database, role })));
  const found = await client.query<Standing>(standings, [asked]);
  const others = await client.query<Marked>(marked);
  const visited = new Set((await visitedTenants(client)).keys());
  const cluster = await systemIdOf(client);
  const tookMs = Math.round(performance.now() - began);
  return { cluster, standings: found.rows, marked: others.rows, visited, tookMs };
}

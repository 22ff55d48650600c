import type pg from "pg";

/** What a rule found: which rule, and what is wrong in a sentence for people. */
export type Finding = { rule: string; words: string };

type Rule = {
  name: string;
  /**
   * SQL that gives a row `words` for each thing that is wrong. It stands over `d` (the tenant's database), `r` (its
   * role) and `f` (`adopted`, and `admin`, the role that asks), each at most one row.
   */
  sql: string;
};

/**
 * What keeps tenants apart, read from an administrator's connection to the tenant's database. An adopted database keeps
 * its owner and whoever works in it: there only other tenants' roles are strangers.
 */
export const isolationRules: readonly Rule[] = [
  {
    name: "exists",
    sql: `SELECT 'Its role does not exist on the server.' AS words WHERE NOT EXISTS (SELECT FROM r)`,
  },
  {
    name: "public_database",
    sql: `SELECT 'Everybody (PUBLIC) has ' || privilege_type || ' on its database.'
      FROM d, pg_catalog.aclexplode(coalesce(datacl, pg_catalog.acldefault('d', datdba))) WHERE grantee = 0`,
  },
  {
    name: "connect",
    sql: `SELECT 'The role ' || o.rolname || ' may connect to its database.'
      FROM d, f, pg_catalog.pg_roles o
      WHERE pg_catalog.has_database_privilege(o.oid, d.oid, 'CONNECT') AND NOT o.rolsuper
        AND o.rolname NOT IN (f.role, f.admin)
        AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(coalesce(datacl, pg_catalog.acldefault('d', datdba)))
                        WHERE grantee = 0 AND privilege_type = 'CONNECT')
        AND (NOT f.adopted OR pg_catalog.shobj_description(o.oid, 'pg_authid') LIKE 'tenantry:%')`,
  },
  {
    name: "member_of",
    sql: `SELECT 'Its role is a member of ' || pg_catalog.pg_get_userbyid(m.roleid) || '.'
      FROM r JOIN pg_catalog.pg_auth_members m ON m.member = r.oid`,
  },
  {
    name: "members",
    sql: `SELECT DISTINCT 'The role ' || o.rolname || ' is a member of its role.'
      FROM f, r JOIN pg_catalog.pg_auth_members m ON m.roleid = r.oid JOIN pg_catalog.pg_roles o ON o.oid = m.member
      WHERE NOT o.rolsuper AND o.rolname <> f.admin`,
  },
  {
    name: "powers",
    sql: `SELECT 'Its role ' || power || '.' FROM r, LATERAL (VALUES
        (rolsuper, 'is a superuser'), (rolcreatedb, 'may create databases'), (rolcreaterole, 'may create roles'),
        (rolreplication, 'may replicate'), (rolbypassrls, 'is above row-level security')) AS has (it, power)
      WHERE it`,
  },
  {
    name: "owner",
    sql: `SELECT 'Its database belongs to ' || pg_catalog.pg_get_userbyid(datdba) || '.'
      FROM d, f WHERE NOT f.adopted AND pg_catalog.pg_get_userbyid(datdba) <> f.role`,
  },
  {
    name: "public_schema",
    sql: `SELECT 'Everybody (PUBLIC) has ' || privilege_type || ' on its schema public.'
      FROM f, pg_catalog.pg_namespace, pg_catalog.aclexplode(coalesce(nspacl, pg_catalog.acldefault('n', nspowner)))
      WHERE nspname = 'public' AND grantee = 0 AND NOT f.adopted`,
  },
];

const question = `
  WITH f AS (SELECT $1::pg_catalog.text AS role, $2::pg_catalog.bool AS adopted, current_user::pg_catalog.text AS admin),
       d AS (SELECT * FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()),
       r AS (SELECT o.* FROM pg_catalog.pg_roles o, f WHERE rolname = f.role)
  ${isolationRules.map(({ name, sql }) => `SELECT '${name}' AS rule, words FROM (${sql}) AS ${name} (words)`).join("\n  UNION ALL ")}
  ORDER BY rule, words`;

/** What is wrong with a tenant's isolation, in one question; `inside` is an administrator's connection to its database. */
export async function findLeaks(inside: pg.Client, tenant: { role: string; adopted: boolean }): Promise<Finding[]> {
  return (await inside.query<Finding>(question, [tenant.role, tenant.adopted])).rows;
}

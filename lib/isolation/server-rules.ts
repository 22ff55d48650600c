import { asFindings, ground, listed, type Rule } from "@/lib/tenants/isolation-ground";
import { tenantRules } from "@/lib/tenants/isolation-rules";

const database: Rule = {
  name: "database",
  proves: "Every tenant's database exists.",
  sql: `SELECT tenant, database, 'Its database does not exist on the server.', NULL FROM asked
    WHERE settled AND NOT EXISTS (SELECT FROM d WHERE d.tenant = asked.tenant)`,
};

/** `$2`: the marks of all tenants there are, in whatever status. */
const orphan: Rule = {
  name: "orphan",
  proves: "No role of a tenant that is no longer there can sign in.",
  sql: `SELECT NULL, rolname, 'The role ' || rolname || ' was made for a tenant that is no longer there, and can still sign in.',
      pg_catalog.format('ALTER ROLE %I NOLOGIN;', rolname)
    FROM o WHERE made AND rolcanlogin AND mark <> ALL ($2::pg_catalog.text[])`,
};

/** What leads to every tenant at once; a tenant's own role is told by the rule on its memberships. */
const backdoor: Rule = {
  name: "backdoor",
  proves:
    "No role gets to every tenant by being a member of an administrator, or of a role that reads the server's files.",
  sql: `SELECT NULL, x.rolname || ' in ' || p.rolname,
      'The role ' || x.rolname || ' is a member of ' || p.rolname || ', which ' || CASE
        WHEN p.rolsuper THEN 'is a superuser' WHEN p.oid = admin.oid THEN 'administers every tenant'
        ELSE 'gets at the server''s files and programs' END || '.'
        || CASE WHEN under.names IS NULL THEN '' ELSE ' Through it also ' || ${listed("under.names")} || '.' END, m.revoke
    FROM m JOIN o p ON p.oid = m.roleid JOIN o x ON x.oid = m.member CROSS JOIN admin
    LEFT JOIN under ON under.top = x.oid
    WHERE x.strange AND m.usable AND x.rolname !~ '^pg_' AND NOT EXISTS (SELECT FROM r WHERE r.oid = x.oid)
      AND (p.rolsuper OR p.oid = admin.oid
        OR p.rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))`,
};

const passwordless: Rule = {
  name: "passwordless",
  proves: "Nobody is let in over the network without a password, as far as pg_hba.conf can be read.",
  sql: `SELECT NULL, pg_catalog.concat_ws(' ', type, pg_catalog.array_to_string(database, ','),
        pg_catalog.array_to_string(user_name, ','), address, netmask),
      pg_catalog.format('Line %s of pg_hba.conf lets %s in without a password, from %s.', line_number,
        CASE WHEN user_name = '{all}' THEN 'everybody' ELSE pg_catalog.array_to_string(user_name, ', ') END,
        CASE address WHEN 'all' THEN 'everywhere' ELSE coalesce(address, '?') || coalesce(' ' || netmask, '') END), NULL
    FROM pg_catalog.pg_hba_file_rules WHERE auth_method = 'trust' AND type <> 'local' AND error IS NULL`,
};

/** What a check of a server proves, in the order in which it is told. */
export const proofs: readonly Rule[] = [...tenantRules, database, orphan, backdoor, passwordless];

/** Roles that no proof holds against: they are above all rights, or may give themselves any. */
const above = `
  SELECT o.rolname::pg_catalog.text AS role, CASE
      WHEN rolsuper THEN 'superuser' WHEN o.oid = admin.oid THEN 'the administrator that Tenantry signs in as'
      WHEN rolreplication THEN 'may replicate the whole server' ELSE 'may give itself any role' END AS why
  FROM o CROSS JOIN admin
  WHERE (rolsuper OR o.oid = admin.oid OR rolreplication
      OR (rolcreaterole AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 160000))
    AND NOT EXISTS (SELECT FROM r WHERE r.oid = o.oid)
  ORDER BY o.rolname LIMIT 100`;

/** Whether this connection may read pg_hba.conf, which PostgreSQL lets few. */
export const readsHba = `SELECT pg_catalog.has_table_privilege('pg_catalog.pg_hba_file_rules', 'SELECT')
  AND pg_catalog.has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS may`;

/** The one question to a server: its counts, who stands above, and all that is wrong, a row for each. */
export const serverQuestion = (hba: boolean): string => `WITH RECURSIVE ${ground},
  found AS (${asFindings(proofs.filter((rule) => hba || rule !== passwordless))}),
  counted AS (
    SELECT (SELECT pg_catalog.count(*) FROM d) AS databases, (SELECT pg_catalog.count(*) FROM o) AS roles,
           (SELECT pg_catalog.count(*) FROM found) AS findings,
           (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a)), '[]') FROM (${above}) a) AS above)
  SELECT counted.*, few.* FROM counted LEFT JOIN (
    SELECT found.*, (SELECT o.mark FROM o WHERE rule = 'orphan' AND o.rolname = subject) AS mark FROM found
    ORDER BY tenant NULLS FIRST, rule, subject LIMIT $3) few ON true`;

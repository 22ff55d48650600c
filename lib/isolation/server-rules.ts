import { asFindings, ground, listed, type Rule, said, subjectOf } from "@/lib/tenants/isolation-ground";
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
    FROM o WHERE mark LIKE 'tenantry:%' AND rolcanlogin AND mark <> ALL ($2::pg_catalog.text[])`,
};

/**
 * What leads to every tenant at once; a tenant's own role is told by the rule on its memberships. PostgreSQL's own roles
 * count as any other: none is a member of these by itself, and their members follow.
 */
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
    WHERE x.strange AND m.usable AND NOT EXISTS (SELECT FROM r WHERE r.oid = x.oid)
      AND (p.rolsuper OR p.oid = admin.oid
        OR p.rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))`,
};

/** PostgreSQL 15 and later: who may change settings that are the server's. ALTER SYSTEM leads to every tenant at once. */
const parameters: Rule = {
  name: "parameters",
  proves: "No tenant's role may set what is the server's to set, and nobody may by ALTER SYSTEM.",
  sql: `SELECT r.tenant, way.privilege || ' ' || pg_catalog.left(way.parname, 100) || ' by ' || coalesce(o.rolname, 'PUBLIC'),
      coalesce(CASE WHEN r.oid IS NOT NULL THEN 'Its role' ELSE 'The role ' || o.rolname END, 'Everybody (PUBLIC)')
        || CASE way.privilege WHEN 'SET' THEN ' may set ' ELSE ' may change for the whole server (ALTER SYSTEM) ' END
        || pg_catalog.left(way.parname, 100) || '.'
        || CASE WHEN under.names IS NULL THEN '' ELSE ' So may its members: ' || ${listed("under.names")} || '.' END,
      way.revoke
    FROM (
      SELECT p.parname, a.grantee, a.privilege_type AS privilege, pg_catalog.string_agg(
        CASE WHEN a.grantor <> 10 THEN pg_catalog.format('SET ROLE %I; ', pg_catalog.pg_get_userbyid(a.grantor)) ELSE '' END
        || pg_catalog.format('REVOKE %s ON PARAMETER %s FROM ', a.privilege_type,
             (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(part), '.' ORDER BY n)
              FROM pg_catalog.unnest(pg_catalog.string_to_array(p.parname, '.')) WITH ORDINALITY AS parts (part, n)))
        || CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END
        || CASE WHEN a.is_grantable THEN ' CASCADE;' ELSE ';' END
        || CASE WHEN a.grantor <> 10 THEN ' RESET ROLE;' ELSE '' END, ' ') AS revoke
      FROM pg_catalog.pg_parameter_acl p CROSS JOIN LATERAL pg_catalog.aclexplode(p.paracl) a
      GROUP BY p.parname, a.grantee, a.privilege_type) way
    LEFT JOIN o ON o.oid = way.grantee LEFT JOIN r ON r.oid = way.grantee LEFT JOIN under ON under.top = way.grantee
    WHERE way.grantee = 0 OR (o.strange AND (r.oid IS NOT NULL OR way.privilege = 'ALTER SYSTEM'
      OR EXISTS (SELECT FROM chain JOIN r ON r.oid = chain.member WHERE chain.top = way.grantee)))`,
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
export const proofs: readonly Rule[] = [...tenantRules, database, orphan, backdoor, parameters, passwordless];

/** Roles that no proof holds against: they are above all rights, or may give themselves any. */
const above = `
  SELECT ${said("o.rolname")} AS role, CASE
      WHEN rolsuper THEN 'superuser' WHEN o.oid = admin.oid THEN 'the administrator that Tenantry signs in as'
      WHEN rolreplication THEN 'may replicate the whole server' ELSE 'may give itself any role' END AS why
  FROM o CROSS JOIN admin
  WHERE (rolsuper OR o.oid = admin.oid OR rolreplication
      OR (rolcreaterole AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 160000))
    AND NOT EXISTS (SELECT FROM r WHERE r.oid = o.oid)
  ORDER BY o.rolname LIMIT 100`;

/** What this connection may read: pg_hba.conf, which PostgreSQL lets few, and rights on settings, which are new in 15. */
export type Reads = { hba: boolean; parameters: boolean };

export const reads = `SELECT pg_catalog.has_table_privilege('pg_catalog.pg_hba_file_rules', 'SELECT')
    AND pg_catalog.has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS hba,
  pg_catalog.to_regclass('pg_catalog.pg_parameter_acl') IS NOT NULL AS parameters`;

/** Of more findings of one tenant by one rule, the rest is told as a number, under this subject. */
export const rest = "the rest";
const mostOfKind = 50;

/**
 * The one question to a server: its counts, who stands above, and what is wrong, a row for each. Whoever leaks most hides
 * nobody else: each tenant's first finding by each rule is always told, and what is left out is counted (`$3`: how many
 * are told beyond those).
 */
export const serverQuestion = ({ hba, parameters: settings }: Reads): string => `WITH RECURSIVE ${ground},
  found AS (${asFindings(proofs.filter((rule) => (hba || rule !== passwordless) && (settings || rule !== parameters)))}),
  numbered AS (SELECT *, pg_catalog.row_number() OVER (PARTITION BY tenant, rule ORDER BY subject) AS n FROM found),
  placed AS (SELECT *, pg_catalog.row_number() OVER (ORDER BY n, tenant NULLS FIRST, rule) AS place
    FROM numbered WHERE n <= ${mostOfKind}),
  told AS (SELECT tenant, rule, subject, words, mend FROM placed WHERE n = 1 OR place <= $3),
  few AS (
    SELECT told.*, (SELECT o.mark FROM o WHERE rule = 'orphan' AND ${subjectOf("o.rolname")} = subject) AS mark FROM told
    UNION ALL
    SELECT tenant, rule, '${rest}', pg_catalog.format('There are %s more leaks of the same kind (%s).', pg_catalog.sum(here), rule), NULL, NULL
    FROM (SELECT tenant, rule, 1 AS here FROM found UNION ALL SELECT tenant, rule, -1 FROM told) every
    GROUP BY tenant, rule HAVING pg_catalog.sum(here) > 0),
  counted AS (
    SELECT (SELECT pg_catalog.count(*) FROM d) AS databases, (SELECT pg_catalog.count(*) FROM o) AS roles,
           (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a)), '[]') FROM (${above}) a) AS above)
  SELECT counted.*, few.* FROM counted LEFT JOIN few ON true`;

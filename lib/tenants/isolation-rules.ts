import { listed, type Rule } from "./isolation-ground";

/** What PostgreSQL's own roles let their members do. */
const predefined = {
  pg_read_all_data: "read every table",
  pg_write_all_data: "write every table",
  pg_execute_server_program: "run programs on the server''s machine",
  pg_read_server_files: "read the server''s files",
  pg_write_server_files: "write the server''s files",
  pg_create_subscription: "copy data in from elsewhere",
  pg_maintain: "lock and rewrite every table",
  pg_signal_backend: "end others'' sessions",
  pg_monitor: "see others'' statements",
  pg_read_all_stats: "see others'' statements",
} as const;

const lets = `(VALUES ${Object.entries(predefined)
  .map(([name, can]) => `('${name}', '${can}')`)
  .join(", ")})`;

const exists: Rule = {
  name: "exists",
  proves: "Every tenant's role exists.",
  sql: `SELECT tenant, role, 'Its role does not exist on the server.', NULL FROM asked
    WHERE settled AND NOT EXISTS (SELECT FROM r WHERE r.tenant = asked.tenant)`,
};

const publicDatabase: Rule = {
  name: "public_database",
  proves: "Nobody gets anything on a tenant's database by being just anybody (PUBLIC).",
  sql: `SELECT tenant, privilege, 'Everybody (PUBLIC) has ' || privilege || ' on its database.', revoke FROM g WHERE grantee = 0`,
};

/** Through a grant or by ownership, and so may all members; where everybody may, that is told once instead. */
const connect: Rule = {
  name: "connect",
  proves:
    "No role but its own may connect to a tenant's database: by a grant, as an owner, or through a chain of memberships.",
  sql: `SELECT tenant, via,
      CASE WHEN itself THEN 'The role ' || via || ' may connect to its database.'
        || CASE WHEN pg_catalog.cardinality(others) > 0 THEN ' So may its members: ' || ${listed("others")} || '.' ELSE '' END
      ELSE ${listed("others")} || ' may connect to its database, as a member of ' || via || '.' END,
      CASE WHEN itself THEN revoke
        ELSE (SELECT pg_catalog.string_agg(m.revoke, ' ') FROM m JOIN o ON o.oid = m.member
              WHERE m.roleid = way.oid AND o.rolname::pg_catalog.text = ANY (others)) END
    FROM (
      SELECT d.tenant, o.oid, o.rolname::pg_catalog.text AS via, o.made OR NOT d.adopted AS itself, g.revoke,
             coalesce(pg_catalog.array_remove(CASE WHEN d.adopted THEN under.made ELSE under.names END, d.role), '{}') AS others
      FROM d
      JOIN (SELECT tenant, grantee FROM g WHERE privilege = 'CONNECT' UNION SELECT tenant, datdba FROM d) way
        ON way.tenant = d.tenant
      JOIN o ON o.oid = way.grantee AND o.strange AND o.rolname <> d.role AND o.visits IS DISTINCT FROM d.tenant
      LEFT JOIN g ON g.tenant = d.tenant AND g.grantee = o.oid AND g.privilege = 'CONNECT'
      LEFT JOIN under ON under.top = o.oid
      WHERE NOT EXISTS (SELECT FROM g e WHERE e.tenant = d.tenant AND e.grantee = 0 AND e.privilege = 'CONNECT')) way
    WHERE itself OR pg_catalog.cardinality(others) > 0`,
};

const memberOf: Rule = {
  name: "member_of",
  proves: "No tenant's role is a member of another role. So none has the powers of PostgreSQL's own roles.",
  sql: `SELECT r.tenant, o.rolname, 'Its role is a member of ' || o.rolname || '.'
      || CASE WHEN over.names IS NULL THEN '' ELSE ' Through it also of ' || ${listed("over.names")} || '.' END
      || CASE WHEN o.rolsuper OR can.words IS NOT NULL THEN ' With that it can '
           || CASE WHEN o.rolsuper THEN 'do everything' ELSE can.words END || '.' ELSE '' END, m.revoke
    FROM r JOIN m ON m.member = r.oid JOIN o ON o.oid = m.roleid LEFT JOIN over ON over.member = m.roleid
    LEFT JOIN LATERAL (SELECT pg_catalog.string_agg(DISTINCT can, ', ') AS words FROM ${lets} AS l (name, can)
      WHERE l.name = o.rolname OR l.name = ANY (over.names)) can ON true`,
};

const members: Rule = {
  name: "members",
  proves: "No role is a member of a tenant's role.",
  sql: `SELECT r.tenant, o.rolname, 'The role ' || o.rolname || ' is a member of its role.'
      || CASE WHEN under.names IS NULL THEN '' ELSE ' Through it also ' || ${listed("under.names")} || '.' END, m.revoke
    FROM r JOIN m ON m.roleid = r.oid JOIN o ON o.oid = m.member AND o.strange LEFT JOIN under ON under.top = o.oid
    WHERE o.visits IS DISTINCT FROM r.tenant`,
};

const powers: Rule = {
  name: "powers",
  proves: "No tenant's role is a superuser, makes databases or roles, replicates, or is above row-level security.",
  sql: `SELECT r.tenant, power, 'Its role ' || can || '.', pg_catalog.format('ALTER ROLE %I NO%s;', r.rolname, power)
    FROM r, LATERAL (VALUES
      (rolsuper, 'SUPERUSER', 'is a superuser'), (rolcreatedb, 'CREATEDB', 'may create databases'),
      (rolcreaterole, 'CREATEROLE', 'may create roles'), (rolreplication, 'REPLICATION', 'may replicate'),
      (rolbypassrls, 'BYPASSRLS', 'is above row-level security')) AS has (it, power, can)
    WHERE it`,
};

const owner: Rule = {
  name: "owner",
  proves: "Every tenant's database belongs to its own role.",
  sql: `SELECT d.tenant, o.rolname, 'Its database belongs to ' || o.rolname || '.',
      CASE WHEN own.oid IS NOT NULL THEN pg_catalog.format('ALTER DATABASE %I OWNER TO %I;', d.datname, d.role) END
    FROM d JOIN o ON o.oid = d.datdba LEFT JOIN o own ON own.rolname = d.role WHERE NOT d.adopted AND o.rolname <> d.role`,
};

const ownsMore: Rule = {
  name: "owns_more",
  proves: "No tenant's role owns another database or a tablespace.",
  sql: `SELECT r.tenant, 'database ' || b.datname, 'Its role owns the database ' || b.datname || ' too.',
      CASE WHEN right_one.oid IS NOT NULL THEN pg_catalog.format('ALTER DATABASE %I OWNER TO %I;', b.datname, right_one.rolname) END
    -- Those beside its own are made and dropped when its database is made anew.
    FROM r JOIN pg_catalog.pg_database b ON b.datdba = r.oid
      AND b.datname <> ALL (ARRAY[r.database, r.database || '_new', r.database || '_old'])
    LEFT JOIN r right_one ON right_one.database = b.datname AND NOT right_one.adopted
    UNION ALL
    SELECT r.tenant, 'tablespace ' || s.spcname, 'Its role owns the tablespace ' || s.spcname || '.',
      pg_catalog.format('ALTER TABLESPACE %I OWNER TO %I;', s.spcname, current_user)
    FROM r JOIN pg_catalog.pg_tablespace s ON s.spcowner = r.oid`,
};

const defaults: Rule = {
  name: "defaults",
  proves: "No tenant's sessions begin as another role by a default.",
  sql: `SELECT r.tenant, pg_catalog.split_part(c, '=', 1) || CASE WHEN s.setrole = 0 THEN ' of the database'
        ELSE coalesce(' in ' || b.datname, '') END,
      CASE WHEN s.setrole = 0 THEN 'Sessions in its database' ELSE 'Its role''s sessions' || coalesce(' in ' || b.datname, '') END
        || ' begin as ' || pg_catalog.left(pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1), 100) || ', by the default '
        || pg_catalog.split_part(c, '=', 1) || '.',
      CASE WHEN s.setrole = 0 THEN pg_catalog.format('ALTER DATABASE %I RESET %s;', b.datname, pg_catalog.split_part(c, '=', 1))
        ELSE pg_catalog.format('ALTER ROLE %I %sRESET %s;', r.rolname, coalesce('IN DATABASE ' || pg_catalog.quote_ident(b.datname) || ' ', ''),
               pg_catalog.split_part(c, '=', 1)) END
    FROM pg_catalog.pg_db_role_setting s 
    -- A tenant may set its own role's defaults, to as much text as it likes.
    CROSS JOIN LATERAL (SELECT pg_catalog.left(long, 300) AS c FROM pg_catalog.unnest(s.setconfig) long OFFSET 0) cut
    LEFT JOIN pg_catalog.pg_database b ON b.oid = s.setdatabase
    JOIN r ON r.oid = s.setrole OR (s.setrole = 0 AND r.database = b.datname AND NOT r.adopted)
    WHERE pg_catalog.split_part(c, '=', 1) IN ('role', 'session_authorization')
      AND pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1) NOT IN ('none', 'default', r.rolname)`,
};

const template: Rule = {
  name: "template",
  proves: "No tenant's database is a template, which everybody who may create databases may copy.",
  sql: `SELECT tenant, datname, 'Its database is a template: whoever may create databases may copy it.',
      pg_catalog.format('ALTER DATABASE %I IS_TEMPLATE false;', datname) FROM d WHERE datistemplate`,
};

/** A visit (visit.ts) opens a locked database for one session of its own. */
const status: Rule = {
  name: "status",
  proves: "Who is suspended, blocked or deleted can't sign in, and their databases take no connection.",
  sql: `SELECT tenant, 'role', 'It is ' || status || ', but its role can still sign in.',
      pg_catalog.format('ALTER ROLE %I NOLOGIN;', rolname)
    FROM r WHERE locked AND rolcanlogin
    UNION ALL
    SELECT d.tenant, 'database', 'It is ' || status || ', but its database still takes connections.',
      pg_catalog.format('ALTER DATABASE %I CONNECTION LIMIT 0;', datname)
    FROM d WHERE locked AND NOT adopted AND datconnlimit <> 0 AND NOT EXISTS (SELECT FROM o WHERE o.visits = d.tenant)`,
};

/** What any administrator's connection to the server can see of its tenants. */
export const tenantRules: readonly Rule[] = [
  ...[exists, publicDatabase, connect, memberOf, members, powers, owner, ownsMore, template, defaults, status],
];

/** What is kept from all but superusers in every database: a column, and functions that get at the server's files. */
const secrets = `(VALUES ('pg_authid', 'rolpassword'), ('pg_shadow', 'passwd'), ('pg_subscription', 'subconninfo'))`;
const fileFunctions = `('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'pg_stat_file', 'lo_import', 'lo_export')`;

/** What only a connection to the tenant's own database can see. */
export const insideRules: readonly Rule[] = [
  {
    name: "public_schema",
    proves: "Nobody gets anything on its schema public by being just anybody (PUBLIC).",
    sql: `SELECT d.tenant, a.privilege_type, 'Everybody (PUBLIC) has ' || a.privilege_type || ' on its schema public.',
        pg_catalog.format('REVOKE %s ON SCHEMA public FROM PUBLIC;', a.privilege_type)
      FROM d, pg_catalog.pg_namespace, pg_catalog.aclexplode(coalesce(nspacl, pg_catalog.acldefault('n', nspowner))) a
      WHERE nspname = 'public' AND grantee = 0 AND NOT d.adopted`,
  },
  {
    name: "catalogs",
    proves: "Its role reads no passwords in its database's catalogs, and none of the server's files by a function.",
    sql: `SELECT r.tenant, cat, 'Its role may read ' || cat || '.' || col || ', where passwords are.', NULL
      FROM r, ${secrets} AS secret (cat, col)
      WHERE NOT r.rolsuper AND pg_catalog.has_column_privilege(r.oid, 'pg_catalog.' || cat, col, 'SELECT')
      UNION ALL
      SELECT DISTINCT r.tenant, proname::pg_catalog.text, 'Its role may call ' || proname || ', which gets at the server''s files.', NULL
      FROM r, pg_catalog.pg_proc
      WHERE NOT r.rolsuper AND pronamespace = 'pg_catalog'::pg_catalog.regnamespace AND proname IN ${fileFunctions}
        AND pg_catalog.has_function_privilege(r.oid, pg_proc.oid, 'EXECUTE')`,
  },
];

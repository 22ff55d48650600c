import { longestVisitMs } from "./visit";

/** Control and format characters: they break lines, or make text read otherwise than it is. */
const unseen = String.raw`[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\U000e0000-\\U000e007f]`;

/** Those that turn the direction of what follows: SQL with them does not read as it runs. */
const turning = String.raw`[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]`;

/** SQL for a text as it may be told to people: cut, and with a question mark for what can't be seen. */
export const said = (text: string, most = 100): string =>
  `pg_catalog.regexp_replace(pg_catalog.left((${text})::pg_catalog.text, ${most}) COLLATE pg_catalog."C", E'${unseen}', '?', 'g')`;

/** SQL for what a finding is known by. Two that would be told alike stay two. */
export const subjectOf = (text: string): string =>
  `(${said(text, 200)} || CASE WHEN ${said(text, 200)} <> (${text})::pg_catalog.text COLLATE pg_catalog."C"
    THEN ' #' || pg_catalog.to_hex(pg_catalog.hashtext(pg_catalog.left((${text})::pg_catalog.text, 1000))) ELSE '' END)`;

/**
 * What the rules of isolation stand on: tenants as they are asked about (`$1`, a JSON array of `AskedTenant`), their
 * databases and roles, grants and memberships. Everything is set-wise, so that the same rules serve one tenant and all
 * tenants of a server. Names are written in full: the connection may be in a tenant's own database.
 *
 *   asked  the tenants          admin  the role that asks
 *   o      every role; `strange`: no superuser, not the one that asks; `made`: a tenant's, by the registry or by its comment
 *          (which an administrator may have taken away); `visits`: whose visitor it is, for no longer than a visit lasts
 *   d      their databases      g      what is granted on them (`revoke` takes it back)
 *   r      their roles          m      memberships, one row for a pair (`revoke` ends it)
 *   under  of a role: who is a member of it, through whatever chain      over  of a role: what it is a member of
 */
export const ground = `
  asked AS MATERIALIZED (
    SELECT t.id AS tenant, coalesce(t.database, pg_catalog.current_database()::pg_catalog.text) AS database, t.role,
           t.adopted, t.status, t.settled, t.locked
    FROM pg_catalog.jsonb_to_recordset($1::pg_catalog.jsonb) AS t (id pg_catalog.text, database pg_catalog.text,
      role pg_catalog.text, adopted pg_catalog.bool, status pg_catalog.text, settled pg_catalog.bool, locked pg_catalog.bool)),
  admin AS (SELECT oid, rolname FROM pg_catalog.pg_roles WHERE rolname = current_user),
  mark AS MATERIALIZED (
    SELECT objoid, description FROM pg_catalog.pg_shdescription
    WHERE classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND description LIKE 'tenantry%'),
  o AS MATERIALIZED (
    SELECT b.*, mark.description AS mark, coalesce(mark.description LIKE 'tenantry:%' OR mark.description LIKE 'tenantry-visit:%', false)
             OR b.rolname IN (SELECT role FROM asked) AS made,
           CASE WHEN mark.description LIKE 'tenantry-visit:%' AND b.rolvaliduntil > pg_catalog.now()
                  AND b.rolvaliduntil <= pg_catalog.now() + interval '${longestVisitMs} ms'
                THEN pg_catalog.substr(mark.description, 16) END AS visits,
           NOT b.rolsuper AND b.oid <> admin.oid AND b.rolname <> 'pg_database_owner' AS strange
    FROM pg_catalog.pg_roles b CROSS JOIN admin LEFT JOIN mark ON mark.objoid = b.oid),
  d AS MATERIALIZED (
    SELECT asked.*, b.oid, b.datname, b.datdba, b.datconnlimit, b.datistemplate,
           coalesce(b.datacl, pg_catalog.acldefault('d', b.datdba)) AS acl
    FROM asked JOIN pg_catalog.pg_database b ON b.datname = asked.database),
  g AS MATERIALIZED (
    SELECT d.tenant, a.grantee, a.privilege_type AS privilege, pg_catalog.string_agg(
      CASE WHEN a.grantor <> d.datdba THEN pg_catalog.format('SET ROLE %I; ', pg_catalog.pg_get_userbyid(a.grantor)) ELSE '' END
      || pg_catalog.format('REVOKE %s ON DATABASE %I FROM ', a.privilege_type, d.datname)
      || CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END
      || CASE WHEN a.is_grantable THEN ' CASCADE;' ELSE ';' END
      || CASE WHEN a.grantor <> d.datdba THEN ' RESET ROLE;' ELSE '' END, ' ') AS revoke
    FROM d CROSS JOIN LATERAL pg_catalog.aclexplode(d.acl) a GROUP BY d.tenant, a.grantee, a.privilege_type),
  r AS MATERIALIZED (
    SELECT asked.database, asked.adopted, asked.tenant, asked.status, asked.locked, o.*
    FROM asked JOIN o ON o.rolname = asked.role),
  m AS MATERIALIZED (
    SELECT roleid, member, pg_catalog.bool_or(usable) AS usable, pg_catalog.string_agg(revoke, ' ') AS revoke
    FROM (
      -- Since PostgreSQL 16 a membership says what it is good for, and several people can have granted it.
      SELECT m.roleid, m.member, m.admin_option OR coalesce((j.m->>'inherit_option')::pg_catalog.bool, true)
               OR coalesce((j.m->>'set_option')::pg_catalog.bool, true) AS usable,
             pg_catalog.format('REVOKE %I FROM %I', pg_catalog.pg_get_userbyid(m.roleid), pg_catalog.pg_get_userbyid(m.member))
               || CASE WHEN j.m->>'set_option' IS NOT NULL AND m.grantor <> 10
                  THEN pg_catalog.format(' GRANTED BY %I', pg_catalog.pg_get_userbyid(m.grantor)) ELSE '' END
               || CASE WHEN m.admin_option THEN ' CASCADE;' ELSE ';' END AS revoke
      FROM pg_catalog.pg_auth_members m CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(m) AS m) j) each
    GROUP BY roleid, member),
  -- Chains don't go on through superusers and the role that asks: those are members of whatever they like.
  chain AS (
    SELECT m.roleid AS top, m.member FROM m JOIN o ON o.oid = m.member WHERE m.usable AND o.strange
    UNION SELECT chain.top, m.member FROM chain JOIN m ON m.roleid = chain.member AND m.usable
      JOIN o ON o.oid = m.member AND o.strange),
  under AS MATERIALIZED (
    SELECT chain.top, pg_catalog.array_agg(o.rolname::pg_catalog.text ORDER BY o.rolname) AS names,
           pg_catalog.array_agg(o.rolname::pg_catalog.text ORDER BY o.rolname) FILTER (WHERE o.made) AS made
    FROM chain JOIN o ON o.oid = chain.member GROUP BY chain.top),
  over AS MATERIALIZED (
    SELECT chain.member, pg_catalog.array_agg(o.rolname::pg_catalog.text ORDER BY o.rolname) AS names
    FROM chain JOIN o ON o.oid = chain.top GROUP BY chain.member)`;

/** SQL for names in a sentence: the first three of an array, and how many more there are. */
export const listed = (names: string): string =>
  `(pg_catalog.array_to_string((${names})[1:3], ', ') || CASE WHEN pg_catalog.cardinality(${names}) > 3
    THEN pg_catalog.format(' and %s more', pg_catalog.cardinality(${names}) - 3) ELSE '' END)`;

/** A rule: SQL over the ground with a row `tenant, subject, words, mend` for each thing that is wrong. */
export type Rule = {
  name: string;
  /** What it proves, in a sentence for people. */
  proves: string;
  sql: string;
};

/**
 * A common table expression of its findings, for each of some rules. Names and settings are others' to choose: nothing of
 * them is told as it stands but in SQL, which needs the true name, and is left out where it could be misread.
 */
export const asFindings = (rules: readonly Rule[]): string =>
  rules
    .map(
      ({ name, sql }) => `SELECT tenant, '${name}'::pg_catalog.text AS rule, ${subjectOf("subject")} AS subject,
        ${said("words", 1000)} AS words,
        CASE WHEN pg_catalog.length(mend) <= 8000 AND mend::pg_catalog.text COLLATE pg_catalog."C" !~ E'${turning}' THEN mend::pg_catalog.text END AS mend FROM (${sql}) AS ${name} (tenant, subject, words, mend)`,
    )
    .join("\n  UNION ALL ");

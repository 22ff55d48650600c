import type pg from "pg";
import type { ServerCheck } from "./contract";

/** What PostgreSQL calls its cluster: the same however it is reached, and on its copies. Null: this role may not read it. */
export async function systemIdOf(admin: pg.Client): Promise<string | null> {
  const { rows } = await admin
    .query<{ id: string }>("SELECT system_identifier::text AS id FROM pg_control_system()")
    .catch(() => ({ rows: [] }));
  return rows[0]?.id ?? null;
}

type Right = { name: string; words: string; needed: boolean; held: string };

/** What an administrator's role does for Tenantry; `held` is SQL over its row `r` of pg_roles. */
const rights: readonly Right[] = [
  { name: "CREATEDB", words: "make tenants' databases", needed: true, held: "r.rolsuper OR r.rolcreatedb" },
  { name: "CREATEROLE", words: "make tenants' roles", needed: true, held: "r.rolsuper OR r.rolcreaterole" },
  {
    ...{ name: "pg_read_all_stats", words: "see what tenants' sessions do", needed: false },
    held: "pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')",
  },
  {
    ...{ name: "pg_signal_backend", words: "end tenants' sessions", needed: false },
    held: "pg_has_role(current_user, 'pg_signal_backend', 'USAGE')",
  },
  {
    ...{ name: "SUPERUSER", words: "read the cluster's identity, and everything else", needed: false },
    held: "r.rolsuper",
  },
];

/** What a figure needs of an extension; `loaded` is SQL that is false while the server has to load it at its start. */
const extensions = [
  { name: "pg_buffercache", words: "each tenant's share of shared buffers", loaded: "true" },
  {
    ...{ name: "pg_stat_statements", words: "which statements take most time" },
    // A setting of its own is there once it is loaded; shared_preload_libraries itself not everybody may read.
    loaded: "EXISTS (SELECT FROM pg_settings WHERE name = 'pg_stat_statements.max')",
  },
] as const;

type Look = Pick<ServerCheck, "version" | "standby" | "tls" | "rights" | "extensions" | "systemId" | "latencyMs">;

async function extensionsOf(admin: pg.Client): Promise<ServerCheck["extensions"]> {
  const { rows } = await admin.query<{ database: string; made: boolean; there: boolean; loaded: boolean }>(
    extensions
      .map(
        ({ name, loaded }) => `
        SELECT current_database() AS database, EXISTS (SELECT FROM pg_extension WHERE extname = '${name}') AS made,
               EXISTS (SELECT FROM pg_available_extensions WHERE name = '${name}') AS there, ${loaded} AS loaded`,
      )
      .join(" UNION ALL "),
  );
  return extensions.map(({ name, words }, index) => {
    const found = rows[index];
    if (!found || (found.made && found.loaded)) return { name, words, todo: null };
    const steps = [
      !found.there && "install PostgreSQL's contrib package on its host",
      !found.loaded && `add ${name} to shared_preload_libraries and restart it`,
      !found.made && `run CREATE EXTENSION ${name} in its database ${found.database}`,
    ].filter((step) => step !== false);
    return { name, words, todo: steps.join(", then ") };
  });
}

/** Asks a server, over a connection that stands, what it is and what its administrator's role may do. */
export async function look(admin: pg.Client): Promise<Look> {
  const { rows } = await admin.query<{ version: string; standby: boolean; tls: boolean; held: boolean[] }>(`
    SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS standby,
           coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS tls,
           ARRAY[${rights.map(({ held }) => held).join(", ")}] AS held
      FROM pg_roles r WHERE r.rolname = current_user`);
  const [found] = rows;
  if (!found) throw new Error("The server does not know the role that signed in.");
  return {
    ...{ version: found.version, standby: found.standby, tls: found.tls },
    rights: rights.map(({ name, words, needed }, index) => ({ name, words, needed, held: found.held[index] === true })),
    extensions: await extensionsOf(admin),
    systemId: await systemIdOf(admin),
    latencyMs: await latencyOf(admin),
  };
}

const trips = 5;

/** The median of some round trips, in milliseconds. */
async function latencyOf(admin: pg.Client): Promise<number> {
  const took: number[] = [];
  for (let trip = 0; trip < trips; trip++) {
    const began = performance.now();
    await admin.query("SELECT 1");
    took.push(performance.now() - began);
  }
  return rounded(took.sort((one, other) => one - other)[Math.floor(trips / 2)] ?? 0);
}

/** Milliseconds to a hundredth: finer says nothing. */
export function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

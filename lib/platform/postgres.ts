import pg from "pg";
import { AppError } from "@/lib/kernel/errors";

/** How to reach a PostgreSQL server as its administrator. */
export type ServerAccess = {
  host: string;
  port: number;
  adminUser: string;
  adminPassword: string;
  adminDatabase: string;
  tls: boolean;
};

/** Quotes a name for use in SQL: the one place where names become part of a statement. */
export const quoteName = (name: string): string => pg.escapeIdentifier(name);

/** Quotes a text for the few statements that take no parameters (CREATE ROLE … PASSWORD). */
export const quoteText = (text: string): string => pg.escapeLiteral(text);

// count(*), pg_database_size() and the counters are bigint; all fit a double exactly below 2^53.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.INT8 && format !== "binary"
      ? Number
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

/**
 * What an administrator's session begins with, whatever a database's owner made its default (ALTER DATABASE … SET).
 * Why each, and why like this: docs/decisions/0016.
 */
const firm = {
  search_path: "pg_catalog,pg_temp",
  role: "none",
  default_transaction_read_only: "off",
  default_transaction_isolation: "read\\ committed",
  standard_conforming_strings: "on",
  row_security: "on",
  statement_timeout: "60s",
  lock_timeout: "10s",
  idle_session_timeout: "0",
  idle_in_transaction_session_timeout: "0",
} as const;

const options = Object.entries(firm)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(" ");

/** The settings of an administrator's client; `database` is the administrator's own unless told. */
export function clientConfig(access: ServerAccess, database = access.adminDatabase): pg.ClientConfig {
  const { adminUser: user, adminPassword: password } = access;
  return { ...roleConfig(access, { user, password, database }), options };
}

/** The settings of a client with a tenant's rights only: its sessions begin as the database's owner wants them. */
export function roleConfig(
  { host, port, tls }: ServerAccess,
  { user, password, database }: { user: string; password: string; database: string },
): pg.ClientConfig {
  return {
    ...{ host, port, user, database },
    ...(password ? { password } : {}),
    ssl: tls ? { rejectUnauthorized: true } : false,
    connectionTimeoutMillis: 5000,
    // Longer than the servers' own statement_timeout: for a server that hangs and cannot keep its promise.
    query_timeout: 70_000,
    keepAlive: true,
    application_name: "tenantry",
    types,
  };
}

/** Opens a connection, or throws `unavailable` saying which server did not answer and why. */
export async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  // A connection that breaks while idle must not end the process; the next query on it fails.
  client.on("error", () => undefined);
  try {
    await client.connect();
    if (config.options) await checkFirm(client, config);
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw cause instanceof AppError ? cause : unreachable(config, cause);
  }
}

/** A pooler may be told to drop what a session is to begin with; then an administrator must not work through it. */
async function checkFirm(client: pg.Client, { host, port }: pg.ClientConfig): Promise<void> {
  const { rows } = await client.query<{ path: string; role: string; login: string }>(
    `SELECT pg_catalog.current_setting('search_path') AS path, current_user::pg_catalog.text AS role,
            session_user::pg_catalog.text AS login`,
  );
  if (rows[0]?.path === firm.search_path && rows[0].role === rows[0].login) return;
  const words = "drops what sessions are to begin with, as some poolers do. Tenantry has to reach PostgreSQL itself.";
  throw new AppError("unavailable", `The server ${host}:${port} ${words}`, { reason: "settings_dropped" });
}

/** Runs `work` on an administrator's connection to a server, and closes it. */
export async function withAdmin<T>(
  access: ServerAccess,
  work: (client: pg.Client) => Promise<T>,
  database?: string,
): Promise<T> {
  const client = await connect(clientConfig(access, database));
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host name is unknown",
  EHOSTUNREACH: "no route to the host",
  ETIMEDOUT: "no answer in time",
  sign_in: "signing in as this user, or by TLS, is not possible as the server wants it",
  "28P01": "the user or the password is wrong",
  "28000": "this user may not sign in",
  "3D000": "the database does not exist",
  "53300": "it has no connection left",
  "57P03": "it is starting or stopping",
  "08P01": "it takes no startup options, as a pooler does; Tenantry has to reach PostgreSQL itself",
};

function unreachable(config: pg.ClientConfig, cause: unknown): AppError {
  const code = codeOf(cause);
  const reason = reasons[code] ?? "it refused the connection";
  const refused = code.startsWith("28") || code === "3D000" || code === "sign_in";
  const what = refused ? "refused to let Tenantry in" : "can't be reached";
  return new AppError("unavailable", `The server ${config.host}:${config.port} ${what}: ${reason}.`, {
    cause,
    retryAfter: 5,
    reason: code,
  });
}

/** The network's or PostgreSQL's code; what pg itself says has none. */
function codeOf(cause: unknown): string {
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  if (/^Error: timeout/i.test(String(cause))) return "ETIMEDOUT";
  // Of the rest only an end without a word speaks of the server; pg also gives up by itself, as over a strange password.
  return /^Error: Connection terminated/.test(String(cause)) ? "unreachable" : "sign_in";
}

/** The SQLSTATE of a PostgreSQL error, or undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

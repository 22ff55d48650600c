import pg from "pg";
import { quoteName, quoteText, sqlState } from "./postgres";

/** The role that the embedded installation's own processes sign in as. */
export const appRole = "tenantry_app";

/** Tables that the role owns, since it makes and drops their daily partitions. */
const partitioned = [
  ...["tenant_usage_logs", "server_ticks"],
  ...["tenant_usage_minutes", "tenant_usage_hours", "tenant_usage_days"],
  ...["server_usage_minutes", "server_usage_hours", "server_usage_days"],
];

/** What is less than reading and writing, by table. */
const limited: Record<string, string> = {
  audit_events: "SELECT, INSERT",
  audit_head: "SELECT, UPDATE",
  _prisma_migrations: "SELECT",
};

/**
 * Lets a role run Tenantry on a control database that another role owns, and no more: it can add to the audit trail,
 * never change it. Makes the role when it is missing. It can be repeated, and has to be after migrations.
 */
export async function grantApp(ownerUrl: string, role: string, password: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5000 });
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    // Tables of one name in another schema must not stand in for these.
    await owner.query("SET search_path = pg_catalog");
    await makeRole(owner, role, password);
    await limitWaits(owner, role);
    await checkRole(owner, role);
    await owner.query("BEGIN");
    await grant(owner, role);
    await owner.query("COMMIT");
  } finally {
    await owner.end().catch(() => undefined);
  }
}

async function makeRole(owner: pg.Client, role: string, password: string): Promise<void> {
  const secret = password === "" ? "" : ` PASSWORD ${quoteText(password)}`;
  const { rows } = await owner.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  if (rows.length === 0) {
    const plain = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";
    await owner.query(`CREATE ROLE ${quoteName(role)} ${plain}${secret}`).catch((cause: unknown) => {
      throw new Error(`The role ${role} does not exist, and the owner's may not make it. Make it first.`, { cause });
    });
    return;
  }
  await alterRole(owner, role, `LOGIN${secret}`);
}

/** A process that hangs in a transaction must not hold up the others: neither by what it locks nor for long. */
async function limitWaits(owner: pg.Client, role: string): Promise<void> {
  await alterRole(owner, role, "SET lock_timeout = '10s'");
  await alterRole(owner, role, "SET idle_in_transaction_session_timeout = '60s'");
}

async function alterRole(owner: pg.Client, role: string, change: string): Promise<void> {
  await owner.query(`ALTER ROLE ${quoteName(role)} ${change}`).catch((error: unknown) => {
    // A role of the administrators' own making: they see to its password and its settings.
    if (sqlState(error) !== "42501") throw error;
  });
}

/** Throws when the role could change the trail whatever is granted here. */
async function checkRole(owner: pg.Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ same: boolean; mighty: boolean; member: boolean }>(
    `SELECT rolname = current_user AS same, rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication AS mighty,
            EXISTS (SELECT FROM pg_class c WHERE c.oid = 'public.audit_events'::regclass
                       AND pg_has_role(r.oid, c.relowner, 'MEMBER')) AS member
       FROM pg_roles r WHERE rolname = $1`,
    [role],
  );
  const [found] = rows;
  if (!found) throw new Error(`The role ${role} does not exist.`);
  const why = found.same
    ? "is the owner itself"
    : found.mighty
      ? "is a superuser, or may make roles, bypass row security or replicate"
      : found.member
        ? "owns the audit trail, or is a member of who does"
        : undefined;
  if (why)
    throw new Error(`The role ${role} ${why}: nothing would keep it from changing the audit trail. Use another.`);
}

async function grant(owner: pg.Client, role: string): Promise<void> {
  const app = quoteName(role);
  const {
    rows: [self],
  } = await owner.query<{ database: string; super: boolean }>(
    "SELECT current_database() AS database, rolsuper AS super FROM pg_roles WHERE rolname = current_user",
  );
  if (!self?.super) await owner.query(`GRANT ${app} TO CURRENT_USER`);
  const schemas = "public, graphile_worker";
  const statements = [
    `GRANT CONNECT ON DATABASE ${quoteName(self?.database ?? "")} TO ${app}`,
    `GRANT USAGE ON SCHEMA ${schemas} TO ${app}`,
    `GRANT CREATE ON SCHEMA public TO ${app}`,
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${schemas} FROM ${app}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schemas} TO ${app}`,
    `GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schemas} TO ${app}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schemas} TO ${app}`,
    ...Object.entries(limited).flatMap(([table, rights]) => [
      `REVOKE ALL ON public.${table} FROM ${app}`,
      `GRANT ${rights} ON public.${table} TO ${app}`,
    ]),
    ...(await usageTables(owner)).map((table) => `ALTER TABLE ${table} OWNER TO ${app}`),
    ...(await rowPolicies(owner, app)),
  ];
  for (const statement of statements) await owner.query(statement);
}

async function usageTables(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
      WHERE n.nspname = 'public' AND (c.relname = ANY($1) OR i.inhparent = ANY($2::text[]::regclass[]))`,
    [partitioned, partitioned.map((name) => `public.${name}`)],
  );
  return rows.map(({ name }) => name);
}

/** graphile-worker has row security without policies on its tables: whoever does not own them would see no job. */
async function rowPolicies(owner: pg.Client, app: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'graphile_worker' AND c.relkind = 'r' AND c.relrowsecurity`,
  );
  return rows.flatMap(({ name }) => [
    `DROP POLICY IF EXISTS tenantry_app ON ${name}`,
    `CREATE POLICY tenantry_app ON ${name} TO ${app} USING (true) WITH CHECK (true)`,
  ]);
}

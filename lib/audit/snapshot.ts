import pg from "pg";
import { env } from "@/lib/platform/env";
import type { Link, StoredEnd } from "./chain";

/** Rows that are held at once. */
const batch = 500;

/** The trail as it was at one moment, however much others add meanwhile. */
export type Snapshot = {
  /** Undefined when the table that tells it is empty. */
  end: StoredEnd | undefined;
  /** Why rows could be changed without a trace in PostgreSQL's log; undefined while the triggers are in place. */
  unguarded: string | undefined;
  /** Every row, in the order of ids. */
  rows: AsyncGenerator<Link[], void, undefined>;
};

/**
 * Opens a snapshot on a connection of its own, hands it to `work`, and closes it. Of the rows only the `newest` are
 * read, where told.
 */
export async function withSnapshot<T>(work: (snapshot: Snapshot) => Promise<T>, newest?: number): Promise<T> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "tenantry-audit",
    connectionTimeoutMillis: 5000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return await work({ end: await readEnd(client), unguarded: await guards(client), rows: readRows(client, newest) });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readEnd(client: pg.Client): Promise<StoredEnd | undefined> {
  const { rows } = await client.query<{ seq: string; hash: string; since: string; mac: string }>(
    "SELECT seq, hash, since, mac FROM audit_head WHERE id = 1",
  );
  const [row] = rows;
  return row && { ...row, seq: BigInt(row.seq), since: BigInt(row.since) };
}

const expected = {
  audit_events_only_grow: "BEFORE DELETE OR UPDATE ON public.audit_events FOR EACH ROW EXECUTE FUNCTION",
  audit_events_no_truncate: "BEFORE TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION",
};

async function guards(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string; definition: string; body: string; enabled: string }>(
    `SELECT tgname AS name, pg_get_triggerdef(t.oid) AS definition, prosrc AS body, tgenabled AS enabled
       FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid
      WHERE tgrelid = 'public.audit_events'::regclass AND NOT tgisinternal`,
  );
  for (const [name, definition] of Object.entries(expected)) {
    const found = rows.find((row) => row.name === name);
    if (!found) return `The trigger ${name} is gone`;
    if (!["O", "A"].includes(found.enabled)) return `The trigger ${name} is disabled`;
    if (!found.definition.includes(definition) || !found.body.includes("RAISE EXCEPTION"))
      return `The trigger ${name} was changed`;
  }
  return undefined;
}

type Stored = Omit<Link, "id"> & { id: string };

async function* readRows(client: pg.Client, newest?: number): AsyncGenerator<Link[], void, undefined> {
  // A statement that declares a cursor takes no parameters.
  const which = newest === undefined ? "" : `WHERE id > (SELECT max(id) FROM audit_events) - ${Math.trunc(newest)}`;
  await client.query(
    `DECLARE trail NO SCROLL CURSOR FOR
     SELECT id, operation, actor_kind AS "actorKind", actor_id AS "actorId", actor, outcome, reason, target, input,
            before, after, request_id AS "requestId", ip_address AS "ipAddress", user_agent AS "userAgent",
            created_at AS "createdAt", hash
       FROM audit_events ${which} ORDER BY id`,
  );
  for (;;) {
    const { rows } = await client.query<Stored>(`FETCH ${batch} FROM trail`);
    if (rows.length === 0) return;
    yield rows.map((row) => ({ ...row, id: BigInt(row.id) }));
  }
}

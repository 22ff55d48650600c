import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { seal, unseal } from "./keyring";
import { type SealedColumn, sealedColumns } from "./sealed-columns";

/** What a process that works with secrets saw: every failure is a secret that could not be read. */
export type LoadReport = {
  reads: number;
  creations: number;
  edits: number;
  /** By tenant, the secret that was stored last in place of another. */
  changed: Record<string, string>;
  failures: string[];
};

/** The secret that the tests store for a row; one that took its place has a number after it. */
export const plainOf = (key: string): string => `secret of ${key}`;

/** Whether an opened secret is one of a row's. */
export const belongsTo = (key: string, plain: string): boolean => plain.split(" #")[0] === plainOf(key);

/** Reads random secrets, creates tenants in slow transactions and edits others, until `signal` is aborted. */
export async function keepWorking(url: string, tag: string, signal: AbortSignal): Promise<LoadReport> {
  const report: LoadReport = { reads: 0, creations: 0, edits: 0, changed: {}, failures: [] };
  const loop = async (work: (client: pg.Client) => Promise<void>) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      while (!signal.aborted) {
        try {
          await work(client);
        } catch (error) {
          report.failures.push(String(error));
        }
        await delay(1);
      }
    } finally {
      await client.end();
    }
  };
  await Promise.all([
    loop((client) => readOne(client, report)),
    loop((client) => readOne(client, report)),
    loop((client) => createOne(client, tag, report)),
    loop((client) => editOne(client, report)),
    loop((client) => changeOne(client, tag, report)),
  ]);
  return report;
}

async function readOne(client: pg.Client, report: LoadReport): Promise<void> {
  const column = sealedColumns[report.reads % sealedColumns.length] as SealedColumn;
  const { rows } = await client.query(
    `SELECT ${column.key}::text AS key, ${column.column} AS value FROM ${column.table}
     WHERE ${column.column} LIKE 'v%' ORDER BY random() LIMIT 1`,
  );
  // An envelope that was read is opened later: meanwhile its row may have been sealed again.
  await delay(Math.random() * 5);
  const { key, value } = rows[0];
  if (!belongsTo(key, await unseal(value, column.context(key)))) throw new Error(`another secret came from ${key}`);
  report.reads++;
}

async function createOne(client: pg.Client, tag: string, report: LoadReport): Promise<void> {
  const { rows } = await client.query("SELECT gen_random_uuid()::text AS id");
  const id = rows[0].id as string;
  await client.query("BEGIN");
  const secret = await seal(plainOf(id), `tenant:${id}`);
  await delay(Math.random() * 200);
  await insertTenant(client, id, `${tag}-${report.creations}`, secret);
  await client.query("COMMIT");
  report.creations++;
}

async function editOne(client: pg.Client, report: LoadReport): Promise<void> {
  await client.query("BEGIN");
  const { rows } = await client.query("SELECT id FROM tenants ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED");
  await delay(Math.random() * 20);
  await client.query("UPDATE tenants SET name = name || '.', version = version + 1 WHERE id = $1", [rows[0].id]);
  await client.query("COMMIT");
  report.edits++;
}

/** Gives one of this process's own tenants another secret: a rotation must never put the former one back. */
async function changeOne(client: pg.Client, tag: string, report: LoadReport): Promise<void> {
  const mine = "SELECT id::text AS id FROM tenants WHERE slug LIKE $1 ORDER BY random() LIMIT 1";
  const { rows } = await client.query(mine, [`${tag}-%`]);
  const id = rows[0]?.id as string | undefined;
  if (id === undefined) return;
  const plain = `${plainOf(id)} #${report.edits}-${Math.random()}`;
  await client.query("UPDATE tenants SET secret = $2 WHERE id = $1", [id, await seal(plain, `tenant:${id}`)]);
  report.changed[id] = plain;
}

/** Writes a tenant's row, without a database of its own. */
export async function insertTenant(client: pg.Client, id: string, slug: string, secret: string): Promise<void> {
  await client.query(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, updated_at)
     SELECT $1, $2, $2, 'active', 'starter', 'local', id, $2, 'none', $3, now() FROM servers LIMIT 1`,
    [id, slug, secret],
  );
}

// As a process of its own: `node --import tsx lib/platform/testing-key-load.ts`; it ends when its standard input does.
if (process.argv[1]?.endsWith("testing-key-load.ts")) {
  const stop = new AbortController();
  process.stdin.resume().once("end", () => stop.abort());
  process.stdout.write("started\n");
  const report = await keepWorking(process.env.DATABASE_URL ?? "", `child-${process.pid}`, stop.signal);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exit(0);
}

import { randomBytes } from "node:crypto";
import type pg from "pg";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { connect, quoteName, quoteText, roleConfig, type ServerAccess, withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { applyMigrations, usualLimits } from "@/lib/schema/apply";
import { fingerprint, readStructure, type Structure } from "@/lib/schema/fingerprint";
import type { Migration } from "@/lib/schema/folder";

export type Reference = { fingerprint: string; structure: Structure };

/** The advisory lock in a server's administrative database that whoever makes a reference there holds. */
const scratchLock = 72707371;
const scratchMark = "tenantry-scratch";

const mostKept = 100;
const kept = new Map<string, Reference>();

/**
 * The structure that migrations make on a major version of PostgreSQL. What is not known is made on `server`, in a
 * database of its own that is dropped afterwards.
 */
export async function referenceFor(
  server: ServerAccess,
  major: number,
  migrations: readonly Migration[],
): Promise<Reference> {
  const hash = hashOf(migrations);
  const key = `${major} ${hash}`;
  const reference = kept.get(key) ?? (await stored(hash, major)) ?? (await make(server, major, migrations));
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, reference);
  return reference;
}

function hashOf(migrations: readonly Migration[]): string {
  return sha256(JSON.stringify(migrations.map(({ name, checksum }) => [name, checksum])));
}

async function stored(hash: string, major: number): Promise<Reference | undefined> {
  const row = await controlDb().schemaReference.findUnique({ where: { hash_major: { hash, major } } });
  return row ? { fingerprint: row.fingerprint, structure: row.structure as Structure } : undefined;
}

/** Who comes second waits for the first, and finds what it made. */
async function make(server: ServerAccess, major: number, migrations: readonly Migration[]): Promise<Reference> {
  return await withAdmin(server, async (admin) => {
    await admin.query("SET lock_timeout = '60s'");
    await admin.query("SELECT pg_advisory_lock($1, 0)", [scratchLock]);
    const before = await stored(hashOf(migrations), major);
    if (before) return before;
    await dropScratch(admin);
    try {
      return await build(await makeScratch(admin, server), major, migrations);
    } finally {
      await dropScratch(admin);
    }
  });
}

/** A database and its role, both closed to everybody else; the work is done as that role, never as an administrator. */
async function makeScratch(admin: pg.Client, server: ServerAccess): Promise<pg.ClientConfig> {
  const [name, password] = [`tenantry_scratch_${randomBytes(6).toString("hex")}`, randomToken()];
  const scratch = quoteName(name);
  const { rows } = await admin.query("SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user");
  await admin.query(`BEGIN; CREATE ROLE ${scratch} LOGIN PASSWORD ${quoteText(password)};
    COMMENT ON ROLE ${scratch} IS ${quoteText(scratchMark)};
    ${rows[0]?.super ? "" : `GRANT ${scratch} TO CURRENT_USER;`} COMMIT`);
  await admin.query(`CREATE DATABASE ${scratch} OWNER ${scratch}`);
  await admin.query(`COMMENT ON DATABASE ${scratch} IS ${quoteText(scratchMark)}`);
  await admin.query(`REVOKE ALL ON DATABASE ${scratch} FROM PUBLIC`);
  const close = `REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO ${scratch}`;
  await withAdmin(server, (inside) => inside.query(close), name);
  return roleConfig(server, { user: name, password, database: name });
}

/** Also what somebody left who was killed: nobody else is at work here. */
async function dropScratch(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'tenantry\\_scratch\\_%'
       AND shobj_description(oid, 'pg_authid') = $1`,
    [scratchMark],
  );
  for (const { name } of rows) {
    await admin.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`);
    await admin.query(`DROP ROLE ${quoteName(name)}`);
  }
}

/** Applies one migration after the other and keeps what each makes: tenants are at all of these versions. */
async function build(scratch: pg.ClientConfig, major: number, migrations: readonly Migration[]): Promise<Reference> {
  const client = await connect(scratch);
  try {
    let reference = await keep(client, major, []);
    for (let count = 1; count <= migrations.length; count++) {
      const part = migrations.slice(0, count);
      await applyMigrations(client, part, { ...usualLimits, runId: null });
      reference = await keep(client, major, part);
    }
    return reference;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function keep(client: pg.Client, major: number, part: readonly Migration[]): Promise<Reference> {
  const structure = await readStructure(client);
  const made = { fingerprint: fingerprint(structure), structure };
  const row = { hash: hashOf(part), major, version: part.at(-1)?.name ?? "", ...made };
  await controlDb().schemaReference.createMany({ data: [row], skipDuplicates: true });
  return made;
}

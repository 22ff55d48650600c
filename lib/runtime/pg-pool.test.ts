import { PrismaPg } from "@prisma/adapter-pg";
import { asc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { type Generated, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { PrismaClient } from "@/lib/platform/generated/client";
import { applyMigrations } from "@/lib/platform/migrations";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { createRuntime, type Runtime } from "./runtime";
import { startPgbouncer, type TestPooler } from "./testing-pgbouncer";

let control: TestControl;
let ada: TestTenant;
let bea: TestTenant;
let runtime: Runtime;
let pooler: TestPooler;

beforeAll(async () => {
  control = await testControl();
  ada = await control.makeTenant("ada");
  bea = await control.makeTenant("bea");
  const admin = new URL(control.url);
  for (const { database, role, slug } of [ada, bea]) {
    admin.pathname = `/${database}`;
    // The control database's own models serve as an app's, so that a generated Prisma client is there.
    await applyMigrations(admin.href);
    await control.sql(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`, [], database);
    await control.sql(server, [ids.shared, slug], database);
  }
  const behind = control.access;
  const program = process.env.PGBOUNCER;
  pooler = await startPgbouncer({ program, mode: "transaction", behind, users: [ada, bea], size: 4 });
}, 60_000);
afterAll(async () => {
  await pooler.close();
  await control.close();
});

const ids = { shared: "0198f3a2-0000-7000-8000-000000000001", other: "0198f3a2-0000-7000-8000-000000000002" };
const server = `INSERT INTO servers (id, name, region, host, port, admin_user, admin_secret)
  VALUES ($1, $2, 'local', 'nowhere', 5432, 'nobody', 'none')`;

beforeEach(async () => {
  for (const { database, role, slug } of [ada, bea]) {
    await control.sql("DROP TABLE IF EXISTS notes", [], database);
    await control.sql("CREATE TABLE notes (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, body text)", [], database);
    await control.sql("INSERT INTO notes (body) VALUES ($1)", [slug], database);
    await control.sql(`ALTER TABLE notes OWNER TO ${role}`, [], database);
  }
});
afterEach(() => runtime.close(500));

const as = <Result>(tenant: TestTenant, work: () => Promise<Result>) => runtime.runInTenantById(tenant.id, work);
const notes = pgTable("notes", { id: integer().primaryKey().generatedAlwaysAsIdentity(), body: text() });
type Tables = { notes: { id: Generated<number>; body: string | null } };

async function bodies({ database }: TestTenant): Promise<unknown[]> {
  return (await control.sql("SELECT body FROM notes ORDER BY id", [], database)).rows.map(({ body }) => body);
}

describe.each(["PostgreSQL itself", "a pooler that lends by the transaction"])("before %s", (place) => {
  beforeEach(async () => {
    const [host, port, mode] = place === "PostgreSQL itself" ? [] : ["127.0.0.1", pooler.port, "transaction"];
    await control.sql("UPDATE servers SET pooler_host = $1, pooler_port = $2, pooler_mode = $3", [host, port, mode]);
    runtime = createRuntime({ pools: { perTenant: 2 } });
  });

  test("one Drizzle over the current tenant's pool reads and writes each tenant's own rows", async () => {
    const db = drizzle(runtime.pool);
    await Promise.all(
      [ada, bea].map((tenant) =>
        as(tenant, async () => {
          expect(await db.select({ body: notes.body }).from(notes)).toEqual([{ body: tenant.slug }]);
          await db.transaction(async (tx) => {
            await tx.insert(notes).values({ body: "second" });
            await tx.transaction(async (inner) => inner.update(notes).set({ body: "own" }).where(eq(notes.id, 1)));
          });
          const failing = db.transaction(async (tx) => {
            await tx.insert(notes).values({ body: "never" });
            await tx.execute(sql`SELECT 1 / 0`);
          });
          await expect(failing).rejects.toThrow();
          expect(await db.select().from(notes).orderBy(asc(notes.id))).toMatchObject([
            { body: "own" },
            { body: "second" },
          ]);
        }),
      ),
    );
    await expect(db.select().from(notes)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining("No tenant here") }),
    });
  });

  test("one Kysely over the current tenant's pool reads and writes each tenant's own rows", async () => {
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: runtime.pool }) });
    await Promise.all(
      [ada, bea].map((tenant) =>
        as(tenant, async () => {
          await db.insertInto("notes").values({ body: "second" }).execute();
          await db.transaction().execute(async (tx) => {
            await tx.updateTable("notes").set({ body: "own" }).where("id", "=", 1).execute();
          });
          const failing = db.transaction().execute(async (tx) => {
            await tx.deleteFrom("notes").execute();
            throw new Error("broken");
          });
          await expect(failing).rejects.toThrow("broken");
          const found = await db.selectFrom("notes").select("body").orderBy("id").execute();
          expect(found).toEqual([{ body: "own" }, { body: "second" }]);
        }),
      ),
    );
    await db.destroy();
    expect((await as(ada, () => runtime.query("SELECT 1 AS n"))).rows).toEqual([{ n: 1 }]);
  });

  test("a Prisma client for each tenant, over the tenant's own pool", async () => {
    const clients = [ada, bea].map((tenant) => ({
      tenant,
      prisma: new PrismaClient({ adapter: new PrismaPg(runtime.poolFor(tenant)) }),
    }));
    const found = clients.map(({ tenant, prisma }) =>
      as(tenant, async () => await prisma.server.findUnique({ where: { id: ids.shared } })),
    );
    expect((await Promise.all(found)).map((row) => row?.name)).toEqual(["ada", "bea"]);
    const [first] = clients;
    await as(ada, async () => {
      await first?.prisma.$transaction(async (tx) => {
        await tx.$executeRaw`INSERT INTO notes (body) VALUES ('kept')`;
      });
      const failing = first?.prisma.$transaction(async (tx) => {
        await tx.$executeRaw`INSERT INTO notes (body) VALUES ('never')`;
        throw new Error("broken");
      });
      await expect(failing).rejects.toThrow("broken");
    });
    expect(await bodies(ada)).toEqual(["ada", "kept"]);
    await expect(as(bea, async () => await first?.prisma.server.count())).rejects.toThrow("another tenant");
    for (const { prisma } of clients) await prisma.$disconnect();
    expect((await as(ada, () => runtime.query("SELECT 1 AS n"))).rows).toEqual([{ n: 1 }]);
  });

  test("plain pg: promises, callbacks, named statements, arrays, types of one's own, and a transaction", async () => {
    const { pool } = runtime;
    await as(ada, async () => {
      expect((await pool.query("SELECT $1::int AS n", [1])).rows).toEqual([{ n: 1 }]);
      expect((await pool.query({ text: "SELECT 1, 2", rowMode: "array" })).rows).toEqual([[1, 2]]);
      const types = { getTypeParser: () => (value: string) => `<${value}>` } as unknown as pg.CustomTypesConfig;
      expect((await pool.query({ text: "SELECT 1 AS n", types })).rows).toEqual([{ n: "<1>" }]);
      for (let n = 0; n < 3; n++) {
        const named = { name: "named", text: "SELECT $1::int AS n", values: [n] };
        expect((await pool.query(named)).rows).toEqual([{ n }]);
      }
      const called = await new Promise((resolve, reject) => {
        pool.query("SELECT 2 AS n", (error, result) => (error ? reject(error) : resolve(result.rows)));
      });
      expect(called).toEqual([{ n: 2 }]);
      const client = await pool.connect();
      await client.query("BEGIN");
      await client.query("INSERT INTO notes (body) VALUES ($1)", ["kept"]);
      await client.query("COMMIT");
      await client.query("BEGIN");
      await client.query("INSERT INTO notes (body) VALUES ($1)", ["never"]);
      client.release();
      expect(() => client.release()).toThrow("already been released");
      await expect(client.query("SELECT 1")).rejects.toThrow("given back");
    });
    await vi.waitFor(async () => expect(await bodies(ada)).toEqual(["ada", "kept"]), 5000);
  });

  test("a Submittable speaks with the connection itself", async () => {
    const rows: unknown[] = [];
    await as(ada, async () => {
      const client = await runtime.pool.connect();
      const query = new pg.Query("SELECT n FROM generate_series(1, $1) AS n", [3]);
      await new Promise((resolve, reject) => {
        query.on("row", (row) => rows.push(row.n));
        query.on("end", resolve);
        query.on("error", reject);
        client.query(query);
      });
      client.release();
    });
    expect(rows).toEqual([1, 2, 3]);
  });

  test("an error of a statement costs no connection, and callbacks keep their tenant", async () => {
    await as(ada, async () => {
      await expect(runtime.pool.query("SELECT nonsense")).rejects.toMatchObject({ code: "42703" });
      const tenant = await new Promise((resolve) => {
        runtime.pool.connect((_error, client, done) => {
          client?.query("SELECT 1", () => {
            done();
            resolve(runtime.currentTenant().id);
          });
        });
      });
      expect(tenant).toBe(ada.id);
    });
    await vi.waitFor(() => expect(runtime.stats()).toMatchObject({ connects: 1, idle: 1, losses: 0 }), 5000);
  });
});

describe("a pool's borders", () => {
  beforeEach(async () => {
    await control.sql("UPDATE servers SET pooler_host = NULL, pooler_port = NULL, pooler_mode = NULL");
    runtime = createRuntime({ pools: { perTenant: 2 } });
  });

  test("the current tenant's pool needs a context; a tenant's own pool refuses only another one's", async () => {
    await expect(runtime.pool.query("SELECT 1")).rejects.toThrow("No tenant here");
    const own = runtime.poolFor(ada);
    const where = () => own.query("SELECT current_database() AS database");
    expect((await where()).rows).toEqual([{ database: ada.database }]);
    expect((await as(ada, where)).rows).toEqual([{ database: ada.database }]);
    await expect(as(bea, where)).rejects.toThrow("another tenant");
    const kept = await as(ada, () => runtime.pool.connect());
    await expect(as(bea, () => kept.query("SELECT 1"))).rejects.toThrow("another tenant");
    expect([own.totalCount, own.idleCount, own.waitingCount]).toEqual([1, 0, 0]);
    expect(own).toBeInstanceOf(pg.Pool);
    kept.release();
  });

  test("a query that an ORM begins only when it is awaited runs for the tenant that made it", async () => {
    const db = drizzle(runtime.pool);
    await as(ada, async () => {
      const tenant = await runtime.resolve("bea.localhost");
      expect(await runtime.runInTenant(tenant, () => db.select({ body: notes.body }).from(notes))).toEqual([
        { body: "bea" },
      ]);
    });
  });

  test("release(true) closes the connection, and the end of a pool ends nothing", async () => {
    await as(ada, async () => {
      const client = await runtime.pool.connect();
      client.release(true);
      await vi.waitFor(() => expect(runtime.pool.totalCount).toBe(0), 5000);
      await runtime.pool.end();
      expect((await runtime.pool.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
    });
  });

  // Why a Prisma client must never be shared: it joins what several contexts ask in one tick into one statement, and
  // that runs in the context of one of them.
  test("one Prisma client over several tenants mixes them, which is why each tenant has its own", async () => {
    const prisma = new PrismaClient({ adapter: new PrismaPg(runtime.pool) });
    // Both ask in the same tick, whatever it took to resolve their tenants.
    const together = async (asked: [TestTenant, string][]) => {
      let open = (): void => undefined;
      const gate = new Promise<void>((resolve) => (open = resolve));
      let inside = 0;
      const answers = asked.map(([tenant, id]) =>
        as(tenant, async () => {
          inside += 1;
          await gate;
          return await prisma.server.findUnique({ where: { id } });
        }),
      );
      await vi.waitFor(() => expect(inside).toBe(asked.length), 5000);
      open();
      return await Promise.all(answers);
    };
    await control.sql(server, [ids.other, "bea only"], bea.database);
    await Promise.all([ada, bea].map((tenant) => as(tenant, () => prisma.server.count())));
    const [, other] = await together([
      [ada, ids.shared],
      [bea, ids.other],
    ]);
    expect(other).toBeNull();
    await prisma.$disconnect();
  });
});

import { setTimeout as delay } from "node:timers/promises";
import type { Runtime } from "./runtime";
import type { RuntimeTenant } from "./tenant";
import { poison } from "./testing-postgres";

/** What a request read: whose row, in which database, as whom, and whether another session's mark was there. */
export type Read = { tenant: string; database: string; role: string; mark: string | null };

const readStamp = `SELECT tenant, current_database() AS database, current_user AS role,
  nullif(current_setting('fire.mark', true), '') AS mark FROM stamp`;

const soil = `BEGIN; UPDATE stamp SET tenant = '${poison}'; SELECT set_config('fire.mark', 'left', false)`;

const planned = () => new Error("planned");

/** What the app does wrong on purpose, or right, for a request. Each returns what it read, which must be its own. */
export const acts = {
  read: (runtime) => reads(runtime),
  pause: async (runtime) => {
    await delay(Math.random() * 5);
    return await reads(runtime);
  },
  twice: async (runtime) =>
    await runtime.withClient(async ({ query }) => {
      await query("BEGIN");
      const first = await query<Read>(readStamp);
      await delay(Math.random() * 5);
      const second = await query<Read>(readStamp);
      await query("COMMIT");
      return [...first.rows, ...second.rows];
    }),
  pooled: async (runtime) => {
    const [alone, named] = await Promise.all([
      runtime.pool.query<Read>(readStamp),
      runtime.pool.query<Read>({ name: "stamp", text: readStamp }),
    ]);
    return [...alone.rows, ...named.rows];
  },
  kept: async (runtime) => {
    const client = await runtime.pool.connect();
    try {
      await client.query(soil);
      await client.query("PREPARE trap AS SELECT 1");
    } finally {
      client.release();
    }
    return await reads(runtime);
  },
  ended: async (runtime) => {
    const signal = AbortSignal.timeout(1 + Math.floor(Math.random() * 30));
    await runtime.query("SELECT pg_sleep(0.2)", [], { signal });
    return [];
  },
  slow: async (runtime) => (await runtime.query<Read>(`${readStamp}, pg_sleep(0.15)`)).rows,
  nested: async (runtime, other) => {
    const inner = await runtime.runInTenant(other, async () => ({ id: other.id, rows: await reads(runtime) }));
    if (inner.rows.some(({ tenant }) => tenant !== inner.id)) return inner.rows;
    return await reads(runtime);
  },
  timeout: async (runtime) => {
    await runtime.withClient(async ({ query }) => {
      await query("SET statement_timeout = 15");
      await query("SELECT pg_sleep(5)");
    });
    return [];
  },
  thrown: (runtime) =>
    runtime.withClient(async ({ query }) => {
      await query(soil);
      throw planned();
    }),
  open: async (runtime) => {
    await runtime.withClient(({ query }) => query(soil));
    return await reads(runtime);
  },
  unawaited: async (runtime) => {
    await runtime.withClient(async ({ query }) => {
      for (const text of ["SELECT pg_sleep(0.03)", soil]) query(text).catch(() => undefined);
    });
    return await reads(runtime);
  },
  temporary: async (runtime) => {
    await runtime.withClient(({ query }) =>
      query(
        `CREATE TEMP TABLE stamp AS SELECT '${poison}'::uuid AS tenant; SELECT set_config('fire.mark', 'left', false)`,
      ),
    );
    return await reads(runtime);
  },
  path: async (runtime) => {
    await runtime.withClient(({ query }) => query("SET search_path = trap; SET statement_timeout = 1"));
    return await reads(runtime);
  },
  role: async (runtime, other) => {
    const attempts = [`SET ROLE "${other.role}"`, `SET SESSION AUTHORIZATION "${other.role}"`];
    await runtime.withClient(async ({ query }) => {
      for (const attempt of attempts) {
        const refused = await query(attempt).then(
          () => other.role === runtime.currentTenant().role,
          (error: unknown) => isRefusal(error) || Promise.reject(error),
        );
        if (!refused) throw new Error(`${attempt} was let through`);
      }
    });
    return await reads(runtime);
  },
} as const satisfies Record<string, (runtime: Runtime, other: RuntimeTenant) => Promise<Read[]>>;

export type Act = keyof typeof acts;

async function reads(runtime: Runtime): Promise<Read[]> {
  return (await runtime.query<Read>(readStamp)).rows;
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42501";
}

import type pg from "pg";
import { log } from "@/lib/platform/log";
import { quoteName } from "@/lib/platform/postgres";
import { bytesInMiB, type Collector, everyone, type Found, type Round } from "../collector";

/** Seconds between two readings, at least. */
const interval = 10;

/** Reading walks every buffer header: it may take one part in this many of the time. */
const share = 200;

/** Each tenant's pages in shared buffers, in MiB, where the extension pg_buffercache is there or may be made. */
export const buffers: Collector = () => {
  let view: string | null | undefined;
  let next = Number.NEGATIVE_INFINITY;
  let sizes = new Map<number, number>();
  return async (round) => {
    if (view === undefined) view = await findView(round.client);
    if (view === null) return { values: { buffers: everyone(round, null) } };
    if (round.at >= next) {
      const started = performance.now();
      sizes = await readBuffers(round.client, view);
      next = round.at + Math.max(interval, ((performance.now() - started) / 1000) * share);
    }
    return { values: { buffers: held(round, sizes) } };
  };
};

/** The extension's view with its schema, which no administrator's session has in its search path. */
async function findView(client: pg.Client): Promise<string | null> {
  try {
    await client.query("CREATE EXTENSION IF NOT EXISTS pg_buffercache SCHEMA public");
    const { rows } = await client.query<{ schema: string }>(
      `SELECT nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
       WHERE extname = 'pg_buffercache'`,
    );
    const view = `${quoteName(rows[0]?.schema ?? "public")}.pg_buffercache`;
    await client.query(`SELECT bufferid FROM ${view} LIMIT 1`);
    return view;
  } catch (error) {
    log().info({ error: String(error) }, "pg_buffercache is not to be had: shared buffers stay unknown");
    return null;
  }
}

async function readBuffers(client: pg.Client, view: string): Promise<Map<number, number>> {
  const { rows } = await client.query<{ datid: number; bytes: number }>({
    name: "buffers",
    text: `SELECT reldatabase AS datid, count(*) * current_setting('block_size')::int AS bytes
             FROM ${view} WHERE reldatabase <> 0 GROUP BY reldatabase`,
  });
  return new Map(rows.map(({ datid, bytes }) => [datid, bytes]));
}

function held(round: Round, sizes: Map<number, number>): Found {
  return new Map(
    round.targets.map(({ id, datid }) => [
      id,
      { value: (sizes.get(datid) ?? 0) / bytesInMiB, source: "pg_buffercache" },
    ]),
  );
}

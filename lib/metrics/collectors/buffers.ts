import type pg from "pg";
import { log } from "@/lib/platform/log";
import { bytesInMiB, type Collector, everyone, type Found, type Round } from "../collector";

/** Seconds between two readings, at least. */
const interval = 10;

/** Reading walks every buffer header: it may take one part in this many of the time. */
const share = 200;

/** Each tenant's pages in shared buffers, in MiB, where the extension pg_buffercache is there or may be made. */
export const buffers: Collector = () => {
  let available: boolean | undefined;
  let next = Number.NEGATIVE_INFINITY;
  let sizes = new Map<number, number>();
  return async (round) => {
    available ??= await hasExtension(round.client);
    if (!available) return { values: { buffers: everyone(round, null) } };
    if (round.at >= next) {
      const started = performance.now();
      sizes = await readBuffers(round.client);
      next = round.at + Math.max(interval, ((performance.now() - started) / 1000) * share);
    }
    return { values: { buffers: held(round, sizes) } };
  };
};

async function hasExtension(client: pg.Client): Promise<boolean> {
  try {
    await client.query("CREATE EXTENSION IF NOT EXISTS pg_buffercache");
    await client.query("SELECT bufferid FROM pg_buffercache LIMIT 1");
    return true;
  } catch (error) {
    log().info({ error: String(error) }, "pg_buffercache is not to be had: shared buffers stay unknown");
    return false;
  }
}

async function readBuffers(client: pg.Client): Promise<Map<number, number>> {
  const { rows } = await client.query<{ datid: number; bytes: number }>({
    name: "buffers",
    text: `SELECT reldatabase AS datid, count(*) * current_setting('block_size')::int AS bytes
             FROM pg_buffercache WHERE reldatabase <> 0 GROUP BY reldatabase`,
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

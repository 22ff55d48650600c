import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import type { ImportedTenant, ImportRow, importRegistryContract } from "./contract";
import { openDump } from "./dump/open-dump";
import { readDump } from "./dump/read-dump";
import { readPostgres } from "./registry/from-postgres";
import { Registry, type TableNames } from "./registry/gather";
import { type PrepareOptions, prepare, type Unreadable } from "./registry/prepare";

/** Where another registry is: a dump in a file (also gzip), its bytes, or a PostgreSQL database by its URL. */
export type ImportSource = { dump: string } | { chunks: AsyncIterable<Uint8Array> } | { url: string };

type Input = z.input<typeof importRegistryContract.input>;
type Output = z.output<typeof importRegistryContract.output>;

export type ImportWish = PrepareOptions & {
  source: ImportSource;
  tables?: Partial<TableNames>;
  serverId: string;
  centralDomain?: string | undefined;
  plan?: Input["plan"];
  suggested?: boolean;
  dryRun?: boolean;
  /** Sends a portion to `registry.import`: in process, or over the API. */
  send: (input: Input) => Promise<Output>;
  /** Called after every portion, with how many rows are decided. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
  /** How long to wait for set-ups to end, of tenants that are to get another status then, in milliseconds. */
  patienceMs?: number;
};

export type ImportReport = {
  dryRun: boolean;
  tenants: (ImportedTenant | UnsentTenant)[];
  /** Domains that belong to none of the tenants. */
  strayDomains: number;
  /** Tenants whose status could not be set yet: run the import again. */
  unsettled: number;
};

type UnsentTenant = Unreadable & { outcome: "left" };

/**
 * Reads another registry, and adopts its tenants portion by portion. It may be stopped at any time and run again: what
 * was adopted is known by its id there, and not touched again. Throws what reading and sending throw.
 */
export async function importRegistry(wish: ImportWish): Promise<ImportReport> {
  const { registry, prepared } = await readRegistry(wish);
  const answers = new Map<string, ImportedTenant>();
  let rows: ImportRow[] = prepared.rows;
  const deadline = Date.now() + (wish.patienceMs ?? 10 * 60_000);
  for (;;) {
    const before = answers.size;
    await sendAll(wish, rows, answers, prepared.rows.length);
    rows = rows.filter(({ key }) => answers.get(key)?.again === true);
    if (rows.length === 0 || wish.dryRun || Date.now() >= deadline) break;
    if (answers.size === before) await wait(1000, undefined, { ...(wish.signal && { signal: wish.signal }) });
  }
  const unsent = prepared.left.map((one) => ({ ...one, outcome: "left" as const }));
  return {
    dryRun: wish.dryRun ?? false,
    tenants: [...prepared.rows.flatMap(({ key }) => answers.get(key) ?? []), ...unsent],
    strayDomains: registry.strayDomains,
    unsettled: wish.dryRun ? 0 : rows.length,
  };
}

async function readRegistry(wish: ImportWish) {
  const { source } = wish;
  const names: TableNames = { tenants: "tenants", domains: "domains", ...wish.tables };
  const registry = new Registry(names);
  const onRow = registry.add.bind(registry);
  if ("url" in source) await readPostgres(source.url, names, onRow);
  else {
    await readDump("dump" in source ? openDump(source.dump, wish.signal) : source.chunks, registry.tables, onRow);
  }
  const prepared = prepare(registry.whole(), wish);
  return { registry, prepared };
}

const most = { rows: 100, characters: 300_000 };

async function sendAll(
  wish: ImportWish,
  rows: ImportRow[],
  answers: Map<string, ImportedTenant>,
  total: number,
): Promise<void> {
  const { serverId, centralDomain = null, plan, suggested = false, dryRun = false } = wish;
  for (const portion of portionsOf(rows)) {
    wish.signal?.throwIfAborted();
    const { tenants } = await wish.send({
      serverId,
      rows: portion,
      centralDomain,
      suggested,
      dryRun,
      ...(plan && { plan }),
    });
    for (const one of tenants) answers.set(one.key, merged(answers.get(one.key), one));
    wish.onProgress?.(answers.size, total);
  }
}

/** What was adopted in this run stays told so, also when it is asked about again. */
function merged(before: ImportedTenant | undefined, now: ImportedTenant): ImportedTenant {
  if (before?.outcome !== "adopted" || now.outcome !== "already") return now;
  return { ...before, again: now.again };
}

function* portionsOf(rows: readonly ImportRow[]): Generator<ImportRow[]> {
  let portion: ImportRow[] = [];
  let size = 0;
  for (const row of rows) {
    const length = JSON.stringify(row).length;
    if (portion.length > 0 && (portion.length >= most.rows || size + length > most.characters)) {
      yield portion;
      [portion, size] = [[], 0];
    }
    portion.push(row);
    size += length;
  }
  if (portion.length > 0) yield portion;
}

import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { quoteText } from "@/lib/platform/postgres";
import type { LakeLevel } from "./lake";

/** A tenant's rows of a day as columns, in the order of `copySql`: `values` holds five of each metric. */
export type TenantRows = {
  tenant: string;
  at: bigint[];
  sourceSets: number[];
  values: (number | null)[][];
};

/** SQL that copies a day's rows tenant by tenant, in PostgreSQL's binary form. `from` and `to` are ISO times. */
export function copySql(level: LakeLevel, metrics: readonly Metric[], { from, to }: { from: string; to: string }) {
  const columns = metrics
    .map(columnOf)
    .map((name) => `${name}_sum / nullif(${name}_ms, 0), ${name}_min, ${name}_max, ${name}_last, ${name}_ms`);
  const list = ["tenant_id", "round(date_part('epoch', at) * 1000)::bigint", "source_set", ...columns].join(", ");
  return `COPY (SELECT ${list} FROM tenant_usage_${level}s
                 WHERE at >= ${quoteText(from)}::timestamptz AND at < ${quoteText(to)}::timestamptz
                 ORDER BY tenant_id, at) TO STDOUT (FORMAT binary)`;
}

// The signature, the flags and the length of what may follow them, which is nothing.
const headLength = 19;
const leadingFields = 3;

/** Reads what `copySql` copies: one tenant at a time, so that a whole day is never held. */
export async function* rowsByTenant(chunks: AsyncIterable<Buffer>, metrics: number): AsyncGenerator<TenantRows> {
  let rest: Buffer = Buffer.alloc(0);
  let skip = headLength;
  let key: Buffer | undefined;
  let rows: TenantRows | undefined;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (bytes.length < skip) {
      rest = bytes;
      continue;
    }
    let at = skip;
    skip = 0;
    for (let end = endOfRow(bytes, at); end > 0; end = endOfRow(bytes, at)) {
      const id = bytes.subarray(at + 6, at + 22);
      if (!rows || !key?.equals(id)) {
        if (rows) yield rows;
        key = Buffer.from(id);
        rows = { tenant: uuidOf(id), at: [], sourceSets: [], values: Array.from({ length: 5 * metrics }, () => []) };
      }
      addRow(rows, bytes, at + 22);
      at = end;
    }
    rest = bytes.subarray(at);
  }
  if (rows) yield rows;
}

/** Where the row that begins at `at` ends; 0 while not all of it is there, and at the end of all rows. */
function endOfRow(bytes: Buffer, at: number): number {
  if (bytes.length < at + 2) return 0;
  const fields = bytes.readInt16BE(at);
  if (fields < leadingFields) return 0;
  let end = at + 2;
  for (let field = 0; field < fields; field++) {
    if (bytes.length < end + 4) return 0;
    end += 4 + Math.max(0, bytes.readInt32BE(end));
  }
  return end <= bytes.length ? end : 0;
}

/** Each field is its length (-1 for null) and its value. */
function addRow(rows: TenantRows, bytes: Buffer, begin: number): void {
  rows.at.push(bytes.readBigInt64BE(begin + 4));
  rows.sourceSets.push(bytes.readInt32BE(begin + 16));
  let place = begin + 20;
  rows.values.forEach((values, index) => {
    const length = bytes.readInt32BE(place);
    values.push(length < 0 ? null : figureAt(bytes, place + 4, index % 5));
    place += 4 + Math.max(0, length);
  });
}

/** The mean is of double precision, and the time that is known is whole. */
function figureAt(bytes: Buffer, at: number, figure: number): number {
  if (figure === 0) return bytes.readDoubleBE(at);
  return figure === 4 ? bytes.readInt32BE(at) : bytes.readFloatBE(at);
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

import { statfs } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import type pg from "pg";
import { bytesInMiB } from "./collector";
import type { Control } from "./control-questions";

/** What a server can hold, as measured; null where it can't be. Sizes in MiB. */
export type ServerCapacity = {
  maxConnections: number | null;
  diskTotalMb: number | null;
  diskFreeMb: number | null;
  cores: number | null;
  memoryMb: number | null;
};

/**
 * Asks a server how many connections it takes, and where it runs on this machine also for the disk under its data
 * directory (free: for others than root), the machine's cores and its memory.
 */
export async function capacityOf(client: pg.Client, local: boolean): Promise<ServerCapacity> {
  const { rows } = await client.query<{ most: number; directory: string | null }>(
    `SELECT current_setting('max_connections')::int AS most,
            CASE WHEN pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
                 THEN current_setting('data_directory') END AS directory`,
  );
  const { most = null, directory = null } = rows[0] ?? {};
  const elsewhere = { diskTotalMb: null, diskFreeMb: null, cores: null, memoryMb: null };
  if (!local) return { maxConnections: most, ...elsewhere };
  const disk = directory === null ? null : await diskUnder(directory);
  return {
    maxConnections: most,
    diskTotalMb: disk?.total ?? null,
    diskFreeMb: disk?.free ?? null,
    cores: cpus().length,
    memoryMb: totalmem() / bytesInMiB,
  };
}

/** The size of a directory's file system; null where we may not look there. */
async function diskUnder(directory: string): Promise<{ total: number; free: number } | null> {
  const found = await statfs(directory).catch(() => null);
  if (!found) return null;
  const block = found.bsize / bytesInMiB;
  return { total: found.blocks * block, free: found.bavail * block };
}

/** Keeps what was measured with the server. */
export async function storeCapacity(control: Control, serverId: string, found: ServerCapacity): Promise<void> {
  const { maxConnections, diskTotalMb, diskFreeMb, cores, memoryMb } = found;
  await control.query(
    `UPDATE servers SET max_connections = $2, disk_total_mb = $3, disk_free_mb = $4, cores = $5, memory_mb = $6
      WHERE id = $1`,
    [serverId, maxConnections, diskTotalMb, diskFreeMb, cores, memoryMb],
  );
}

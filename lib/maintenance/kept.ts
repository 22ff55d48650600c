import { z } from "zod";
import { isOver, type MaintenanceRow } from "./view";

const time = z.iso.datetime();

/** A maintenance as an undo needs it: all of it, so that a bypass link works again; a hash is no secret. */
export const keptMaintenance = z.object({
  message: z.string(),
  allow: z.array(z.string()),
  bypassHash: z.string(),
  retryAfter: z.int(),
  until: time.nullable(),
  startedAt: time,
  startedBy: z.string(),
});
type KeptMaintenance = z.infer<typeof keptMaintenance>;

/** A row as it is kept. */
export function stored({ tenantId: _, until, startedAt, ...rest }: MaintenanceRow): KeptMaintenance {
  return { ...rest, until: until?.toISOString() ?? null, startedAt: startedAt.toISOString() };
}

/** What was kept as a row has it; null when its end has come meanwhile. */
export function restored(kept: KeptMaintenance, now: Date): Omit<MaintenanceRow, "tenantId"> | null {
  const { until, startedAt, ...rest } = kept;
  const row = { ...rest, until: until === null ? null : new Date(until), startedAt: new Date(startedAt) };
  return isOver(row, now) ? null : row;
}

/** Whether a maintenance is still the one that was kept: each has a bypass token of its own. */
export function sameMaintenance(row: MaintenanceRow, kept: KeptMaintenance): boolean {
  return row.bypassHash === kept.bypassHash;
}

import { setTimeout as delay } from "node:timers/promises";
import type { Control } from "@/lib/metrics/control-questions";
import { filledSize } from "@/sample/past";
import type { DemoTenant } from "@/sample/shapes";

/** What is measured in a shop that is full, at least. */
const nearlyFull = 0.95;

/** How long is waited for shops to be filled, and then for a minute to be closed. */
const patience = 180_000;

/**
 * Waits until each of the shops is measured to be filled, and that minute is closed; not for ever, since somebody may have
 * changed one, and no longer than `wanted` says so. A past that ended sooner would end with more than an empty shop has.
 */
export async function shopsFilled(
  control: Control,
  tenants: readonly { id: string; tenant: DemoTenant }[],
  stop: AbortSignal,
  wanted: () => Promise<boolean>,
): Promise<void> {
  const until = (reached: () => Promise<boolean>) => waitFor(async () => !(await wanted()) || (await reached()), stop);
  await until(() => allFilled(control, tenants));
  const { rows } = await control.query<{ now: Date }>("SELECT now() AS now");
  const full = rows[0]?.now ?? new Date(0);
  await until(() => closedAfter(control, full));
}

async function waitFor(reached: () => Promise<boolean>, stop: AbortSignal): Promise<void> {
  const deadline = performance.now() + patience;
  while (!stop.aborted && performance.now() < deadline && !(await reached()))
    await delay(1000, undefined, { signal: stop }).catch(() => undefined);
}

async function allFilled(control: Control, tenants: readonly { id: string; tenant: DemoTenant }[]): Promise<boolean> {
  const { rows } = await control.query<{ id: string; size: number | null }>(
    "SELECT tenant_id AS id, storage AS size FROM tenant_usage_latest WHERE tenant_id = ANY($1)",
    [tenants.map(({ id }) => id)],
  );
  const sizes = new Map(rows.map(({ id, size }) => [id, size ?? 0]));
  return tenants.every(({ id, tenant }) => (sizes.get(id) ?? 0) >= nearlyFull * filledSize(tenant));
}

async function closedAfter(control: Control, time: Date): Promise<boolean> {
  const { rows } = await control.query<{ closed: boolean }>(
    "SELECT EXISTS (SELECT FROM usage_rollups WHERE level = 'minute' AND until >= $1) AS closed",
    [time],
  );
  return rows[0]?.closed ?? false;
}

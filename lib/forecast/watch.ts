import type { Clock } from "@/lib/kernel/clock";
import { makeBaselines } from "./baselines";
import { detectAnomalies } from "./detect";

/** Keeps what is usual current, and once it is, looks at the hours that were closed since: what the worker does. */
export async function watchUsage(clock: Clock, signal: AbortSignal): Promise<void> {
  if (await makeBaselines(clock, signal)) await detectAnomalies(signal);
}

import { silentSeconds } from "@/lib/kernel/metrics";
import type { ProcessState } from "./contract";

/** Milliseconds of silence after which a process is listed among those that ended. */
export const endedMs = 3_600_000;

/** Whether a process runs: it says so each two seconds, and goodbye when it stops; `at` is by the same clock. */
export function stateOf(process: { seenAt: Date; stoppedAt: Date | null }, at: Date): ProcessState {
  if (process.stoppedAt !== null) return "stopped";
  return at.getTime() - process.seenAt.getTime() > silentSeconds * 1000 ? "silent" : "running";
}

import type { ItemStatus, RunStatus, SettledOptions, WaveView } from "./shapes";

/** Milliseconds for which a plan can be confirmed. */
export const planLivesMs = 24 * 3_600_000;

/** The items of a run that are alike in wave, status and server. */
export type Group = {
  wave: number;
  status: ItemStatus;
  serverId: string;
  items: number;
  /** Of these, how many came to an end in the last minute. */
  lately: number;
  /** Seconds that these took, summed, and of how many that is known. */
  seconds: number;
  timed: number;
  undoable: number;
};

/** How many items have each status. */
export function countsOf(groups: readonly Pick<Group, "status" | "items">[]): Record<ItemStatus, number> {
  const counts = { pending: 0, running: 0, done: 0, skipped: 0, failed: 0, cancelled: 0 };
  for (const { status, items } of groups) counts[status] += items;
  return counts;
}

const open: readonly ItemStatus[] = ["pending", "running"];

/** A run's waves in order. Those beyond the run's own wait. */
export function wavesOf(groups: readonly Group[], reached: number, status: RunStatus): WaveView[] {
  const numbers = [...new Set(groups.map(({ wave }) => wave))].sort((one, other) => one - other);
  return numbers.map((wave) => {
    const counts = countsOf(groups.filter((group) => group.wave === wave));
    const total = Object.values(counts).reduce((sum, items) => sum + items, 0);
    const name = wave === 0 ? "Canary" : numbers.length > 1 ? "The rest" : "All";
    return { wave, name, total, counts, state: stateOf(counts, wave <= reached, status) };
  });
}

function stateOf(counts: Record<ItemStatus, number>, reached: boolean, status: RunStatus): WaveView["state"] {
  if (open.every((one) => counts[one] === 0)) return "done";
  return counts.running > 0 || (reached && status === "running") ? "running" : "waiting";
}

type Progress = { status: RunStatus; wave: number; options: Pick<SettledOptions, "concurrency">; runningMs: number };

/** Items a second that came to an end in the last minute of work; null while there is none to tell by. */
export function paceOf(groups: readonly Group[], { status, runningMs }: Progress): number | null {
  if (status !== "running" || runningMs <= 0) return null;
  const ended = sum(groups, ({ lately }) => lately);
  return ended === 0 ? null : ended / Math.min(60, Math.max(1, runningMs / 1000));
}

/**
 * Seconds until a run ends: at its pace; until the rest began, at what the canary's items took, as many at a time on each
 * server as the run may. Null where there is nothing to tell by.
 */
export function secondsLeft(groups: readonly Group[], progress: Progress): number | null {
  if (progress.status !== "running") return null;
  const left = groups.filter(({ status }) => open.includes(status));
  const items = sum(left, (group) => group.items);
  if (items === 0) return 0;
  const restBegan = groups.some(({ wave, timed, status }) => wave > 0 && (timed > 0 || status === "running"));
  const pace = paceOf(groups, progress);
  if (restBegan) return pace === null ? null : items / pace;
  const canary = groups.filter(({ wave }) => wave === 0);
  const timed = sum(canary, (group) => group.timed);
  if (timed === 0) return null;
  const slots = progress.options.concurrency * new Set(left.map(({ serverId }) => serverId)).size;
  return (sum(canary, ({ seconds }) => seconds) / timed) * Math.ceil(items / slots);
}

function sum(groups: readonly Group[], of: (group: Group) => number): number {
  return groups.reduce((total, group) => total + of(group), 0);
}

import { log } from "@/lib/platform/log";
import { isUnstorable } from "@/lib/platform/transient";
import { type End, finishItems, type Line } from "./finish-items";
import { withRunner } from "./runner-pool";
import type { Work } from "./running";

const words = "It came to its end, but what it said can't be kept. The worker's log tells why.";

/**
 * Stores what came to its end one by one. An end that can't be stored becomes a failed one in plain words; a line that
 * can't be stored is dropped.
 */
export async function storeApart(work: Work): Promise<void> {
  for (let line = work.lines[0]; line; line = work.lines[0]) {
    await kept(work, [], [line]);
    work.lines.shift();
  }
  for (const end of [...work.ends]) {
    const asItIs = await kept(work, [end], []);
    if (!asItIs) await kept(work, [instead(end)], []);
    if (!asItIs || end.status === "failed") work.owesSettle = true;
    work.ends.splice(work.ends.indexOf(end), 1);
    work.held.delete(end.position);
  }
}

function instead({ position, lease }: End): End {
  return { position, lease, status: "failed", words, activity: "action_failed" };
}

/** Whether these could be stored; throws what has nothing to do with them. */
async function kept({ run, clock }: Work, ends: End[], lines: Line[]): Promise<boolean> {
  try {
    const told = { runId: run.id, by: run.by, now: clock(), tell: true };
    await withRunner((client) => finishItems(client, ends, lines, told));
    return true;
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    const positions = [...ends, ...lines].map(({ position }) => position);
    log().error({ run: run.id, positions, error: String(error).slice(0, 500) }, "what an item said can't be stored");
    return false;
  }
}

import { setTimeout as delay } from "node:timers/promises";
import { log } from "@/lib/platform/log";

/** Does something again and again, `seconds` after it ended, until aborted. A failure is logged and tried again. */
export async function repeat(
  name: string,
  seconds: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) log().warn({ error: String(error) }, `${name}: failed, tried again in ${seconds} s`);
    }
    await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

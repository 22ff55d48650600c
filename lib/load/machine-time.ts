import { setTimeout as delay } from "node:timers/promises";
import type { Time } from "./answer";

/** The machine's own steady time. */
export const machineTime: Time = {
  now: () => performance.now(),
  until: async (moment, signal) => {
    const left = moment - performance.now();
    if (left > 0 && !signal.aborted) await delay(left, undefined, { signal }).catch(() => undefined);
  },
};

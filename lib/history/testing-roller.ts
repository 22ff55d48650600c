import { setTimeout as delay } from "node:timers/promises";
import { controlDb } from "@/lib/platform/prisma";
import { type Pace, rollUp } from "./roll-up";
import { readWatermarks } from "./watermarks";

/** A worker's roll-up in a process of its own, that a test can kill: up to the time (Unix milliseconds) it is started with. */
const now = new Date(Number(process.argv[2]));
// Always the same small steps, so that there are many moments at which it may be killed.
const pace: Pace = Object.defineProperty({ minutes: 2 }, "minutes", { get: () => 2, set: () => undefined });
// As a worker does: it comes again, for two at once may each find the other at work and leave all of it to them.
for (let until = 0; until < now.getTime() - 60_000; await delay(20)) {
  await rollUp(controlDb(), () => now, new AbortController().signal, pace);
  until = (await readWatermarks(controlDb())).minute?.getTime() ?? 0;
}
await controlDb().$disconnect();

import { controlDb } from "@/lib/platform/prisma";
import { type Pace, rollUp } from "./roll-up";

/** A worker's roll-up in a process of its own, that a test can kill: up to the time (Unix milliseconds) it is started with. */
const now = new Date(Number(process.argv[2]));
// Always the same small steps, so that there are many moments at which it may be killed.
const pace: Pace = Object.defineProperty({ minutes: 3 }, "minutes", { get: () => 3, set: () => undefined });
await rollUp(controlDb(), () => now, new AbortController().signal, pace);
await controlDb().$disconnect();

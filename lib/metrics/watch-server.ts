import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { tickSeconds } from "@/lib/kernel/metrics";
import { log } from "@/lib/platform/log";
import { type ServerRow, serverAccess } from "@/lib/servers/access";
import { type Control, recordContactError } from "./control-questions";
import { ContactLost, ServerMeasurement } from "./measure-server";
import { backoff, untilNextBeat } from "./rules";

export type Watch = { control: Control; clock: Clock; signal: AbortSignal };

/** Measures a server until `signal` is aborted; when it can't be reached, says so and tries again, ever slower. */
export async function watchServer(server: ServerRow, watch: Watch): Promise<void> {
  for (let failures = 0; !watch.signal.aborted; ) {
    let measurement: ServerMeasurement | undefined;
    try {
      measurement = await ServerMeasurement.open(server.id, await serverAccess(server), watch.control, watch.clock);
      await keepMeasuring(measurement, watch, () => {
        failures = 0;
      });
    } catch (error) {
      failures++;
      await report(server.id, error, watch);
    } finally {
      await measurement?.close();
    }
    await pause(backoff(failures), watch.signal);
  }
}

/** One round a beat. A round that fails at the control database is skipped; one that loses the server ends this. */
async function keepMeasuring(measurement: ServerMeasurement, watch: Watch, succeeded: () => void): Promise<void> {
  while (!watch.signal.aborted) {
    const started = performance.now();
    try {
      await measurement.write(await measurement.measure());
      await measurement.measureCapacity();
      succeeded();
    } catch (error) {
      if (error instanceof ContactLost) throw error;
      log().warn({ error: String(error) }, "a collection round could not be stored; the next one goes on");
    }
    await pause(untilNextBeat(started, performance.now(), tickSeconds * 1000), watch.signal);
  }
}

async function report(serverId: string, error: unknown, { control, clock, signal }: Watch): Promise<void> {
  if (signal.aborted) return;
  log().warn({ serverId, error: String(error) }, "a server can't be measured");
  const words = inWords(error);
  if (words) await recordContactError(control, serverId, words, clock()).catch(() => undefined);
}

/** Why a server can't be measured, for people; undefined where the server is not to blame. */
function inWords(error: unknown): string | undefined {
  if (error instanceof ContactLost) return error.message;
  if (error instanceof AppError && error.code === "unavailable") return error.message;
  return error instanceof Error && /sealed/.test(error.message) ? error.message : undefined;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

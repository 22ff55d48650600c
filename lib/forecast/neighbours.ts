import { fleetOperation } from "@/lib/gate/fleet-operation";
import { askedPeriod } from "@/lib/history/asked";
import type { Points } from "@/lib/history/shapes";
import { readState } from "@/lib/history/state";
import { AppError } from "@/lib/kernel/errors";
import { neighboursContract } from "./contract";
import type { Series } from "./correlation";
import { servers } from "./limits";
import { leastSteps, pairsOf } from "./pairs";
import { seriesOfServer } from "./server-series";
import { tenantNames } from "./tenant-names";
import { dayMs, hourMs } from "./usual";
import { spanOf } from "./window";

/** Hours that are compared at most. */
const longestMs = 90 * dayMs;

/** What a tenant has to reach, in the mean or by how it swings, to be called loud: less is felt by nobody. */
const leastLoad = {
  cpu: { value: 1, words: "1 % of a core" },
  transactions: { value: 1, words: "one transaction a second" },
  buffers: { value: 4, words: "4 MiB of shared buffers" },
  connections: { value: 1, words: "one connection" },
} as const;

/** Whose rise in use goes with whose rise in response time on one server. */
export const showNeighbours = fleetOperation(neighboursContract, async (ctx, input) => {
  const time = askedPeriod(input, ctx.now().getTime());
  const [server] = await servers(ctx.db, input.server);
  if (!server) throw new AppError("not_found", "There is no such server.");
  const frame = frameOf(time, (await readState(ctx.db, ctx.now())).since.minute);
  const least = leastLoad[input.load];
  const load = await seriesOfServer(ctx.db, server.id, input.load, "mean", frame, least.value);
  const felt = await seriesOfServer(ctx.db, server.id, input.felt, "variation", frame);
  const { pairs, looked } = pairsOf(load, felt, input.felt === "cacheHit" ? -1 : 1);
  const told = pairs.slice(0, input.top);
  const names = await tenantNames(
    ctx.db,
    told.flatMap(({ noisy, suffers }) => [noisy, suffers]),
  );
  const points = (series: Series | undefined): Points =>
    (series ?? []).map((value, at) => [frame.from + at * frame.stepMs, value]);
  return {
    span: await spanOf(
      ctx.db,
      { from: frame.from, to: frame.from + frame.count * frame.stepMs },
      { ...frame, tz: "UTC" },
    ),
    server: { id: server.id, name: server.name },
    pairs: told.flatMap(({ noisy, suffers, ...pair }) => {
      const [from, to] = [names.get(noisy), names.get(suffers)];
      if (!from || !to) return [];
      return [{ noisy: from, suffers: to, ...pair, load: points(load.get(noisy)), felt: points(felt.get(suffers)) }];
    }),
    looked,
    refused: looked > 0 ? null : whyNone(load.size, felt.size, frame.level, least.words),
  };
});

/** Minutes of up to a day where they are still kept, hours of what is longer or older. */
function frameOf({ from, to }: { from: number; to: number }, minutesSince: number) {
  const level = to - from <= dayMs && from >= minutesSince ? ("minute" as const) : ("hour" as const);
  const stepMs = level === "minute" ? 60_000 : hourMs;
  const begin = Math.floor(Math.max(from, to - longestMs) / stepMs) * stepMs;
  return { level, stepMs, from: begin, count: Math.ceil((to - begin) / stepMs) };
}

function whyNone(loads: number, feels: number, level: "minute" | "hour", least: string): string {
  if (loads === 0) return `No tenant's load is known to have changed in this period and to have reached ${least}.`;
  if (feels === 0) return "Of no tenant is it known that what it feels changed in this period.";
  return `No two tenants are both known in ${leastSteps} ${level}s of this period: choose a longer one.`;
}

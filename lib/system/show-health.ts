import { operation } from "@/lib/gate/operation";
import { env } from "@/lib/platform/env";
import { askProcesses } from "@/lib/platform/presence";
import { type HealthPart, type HealthState, healthContract } from "./contract";
import { controlParts } from "./control-parts";
import { type Asked, lookAt } from "./part";
import { redisPart, trustParts } from "./trust-parts";
import { collectorParts, usageParts } from "./usage-parts";
import { workParts } from "./work-parts";

export const showHealth = operation(healthContract, async ({ db, now }) => {
  const began = performance.now();
  const presence = await askProcesses();
  const parts = await healthParts({ db, now, presence });
  const tookMs = Math.round(performance.now() - began);
  return { state: worst(parts), parts, at: now().toISOString(), tookMs };
});

/** Every part, looked at one after the other: a look takes no more than one connection. */
export async function healthParts(asked: Asked): Promise<HealthPart[]> {
  const redis = env().REDIS_URL === undefined ? [] : [redisPart];
  const rules = [
    ...controlParts,
    ...workParts,
    ...(await collectorParts(asked.db)),
    ...usageParts,
    ...trustParts,
    ...redis,
  ];
  const parts: HealthPart[] = [];
  for (const rule of rules) parts.push(await lookAt(rule, asked));
  return parts;
}

/** The worst of some parts: what is not known is no better than degraded. */
export function worst(parts: Pick<HealthPart, "state">[]): HealthState {
  const states = parts.map(({ state }) => state);
  if (states.includes("down")) return "down";
  return states.every((state) => state === "ok") ? "ok" : "degraded";
}

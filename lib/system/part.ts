import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import type { Presence } from "@/lib/platform/presence";
import type { HealthPart, HealthState } from "./contract";

/** What the parts are found out with: the control database, the time, and the processes that answered. */
export type Asked = Pick<Ctx, "db" | "now"> & { presence: Presence };

/** What a look at a part found; what is left out is unknown, or has no figures. */
export type Found = {
  state: HealthState;
  words: string;
  since?: Date | null;
  figures?: HealthPart["figures"];
};

/** One part of Tenantry that is looked at. */
export type PartRule = {
  name: string;
  label: string;
  /** How it is found out, for people. */
  measured: string;
  look: (asked: Asked) => Promise<Found>;
};

/** Looks at a part; what can't be looked at is unknown, with why. */
export async function lookAt({ name, label, measured, look }: PartRule, asked: Asked): Promise<HealthPart> {
  const found = await look(asked).catch(
    (error: unknown): Found => ({ state: "unknown", words: `It could not be looked at: ${said(error)}` }),
  );
  const { state, words, since = null, figures = {} } = found;
  return { name, label, state, words, since: since?.toISOString() ?? null, measured, figures };
}

/** Only words that are meant for people: others may quote what nobody is to read. */
function said(error: unknown): string {
  return error instanceof AppError ? error.message : "the log has why.";
}

/** A number of seconds in words: "40 s", "5 min", "3 h". */
export function spanWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** A count with its noun: "1 job", "3 jobs". */
export const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

import type { z } from "zod";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { askedPeriod } from "@/lib/history/asked";
import { narrowing, period } from "@/lib/history/shapes";
import type { Contract } from "@/lib/kernel/contract";
import type { Permission } from "@/lib/kernel/permissions";
import { dayWords } from "../day-words";
import type { Progress } from "../kind";

/** What every document takes: a period, as the screens have it. */
export const periodInput = { range: period.range.default("30d"), from: period.from, to: period.to, tz: period.tz };

export const fleetInput = { ...periodInput, ...narrowing };

type PeriodInput = { range: keyof typeof rangeWords; from?: string | undefined; to?: string | undefined; tz: string };

/** The begin and end of a report, which all its questions have in common, and the zone of its clock. */
export type Time = { from: string; to: string; tz: string };

/** The time that a document is about: one that ends now, ends when it is begun. */
export function timeOf(ctx: Ctx, input: PeriodInput): Time {
  const { from, to } = askedPeriod({ ...input, granularity: "auto", width: 800 }, ctx.now().getTime());
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), tz: input.tz };
}

const rangeWords = {
  "1h": "the last hour",
  "6h": "the last 6 hours",
  "24h": "the last 24 hours",
  "7d": "the last 7 days",
  "30d": "the last 30 days",
  "90d": "the last 90 days",
  "1y": "the last year",
} as const;

/** A period in a list of reports. */
export function periodTitle({ range, from, to, tz }: PeriodInput): string {
  if (from === undefined)
    return to === undefined ? rangeWords[range] : `${rangeWords[range]} before ${dayWords(to, tz)}`;
  return to === undefined ? `since ${dayWords(from, tz)}` : `${dayWords(from, tz)} to ${dayWords(to, tz)}`;
}

/** What may go into a document beside figures of use: parts of it that an asker without the right gets a report without. */
export const documentParts = [
  "tenants:read",
  "activities:read",
  "bulk:read",
  "servers:read",
  "system:read",
] as const satisfies readonly Permission[];

const declared: readonly string[] = ["metrics:read", ...documentParts];

/** Asks the operations that the screens ask, as whoever wants the report, and remembers what was refused. */
export class Asking {
  /** What the asker's rights do not cover, in words. */
  readonly leftOut: string[] = [];
  private done = 0;
  private readonly ctx: Ctx;

  constructor(
    ctx: Ctx,
    private readonly progress: Progress,
    private readonly parts: number,
  ) {
    // All parts are of one moment, however long they take.
    const now = ctx.now();
    this.ctx = { ...ctx, now: () => now };
  }

  /** An operation's answer; undefined where the asker has no right to it. Throws when the report was cancelled. */
  async ask<C extends Contract>(op: Operation<C>, input: z.input<C["input"]>, what: string) {
    this.ctx.signal.throwIfAborted();
    if (!declared.includes(op.contract.access)) throw new Error(`${op.contract.id} is of no part that is declared`);
    if (refuse(op.contract, this.ctx.actor)) {
      if (!this.leftOut.includes(what)) this.leftOut.push(what);
      return undefined;
    }
    return await perform(op, this.ctx, input);
  }

  /** Says that one more part is done. */
  step(): void {
    this.progress(++this.done, this.parts);
  }
}

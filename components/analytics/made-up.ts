import type { Span } from "@/lib/history/shapes";

/** What of a period's figures was made up for the demonstration; null: nothing. */
export type MadeUp = "all" | "part" | "compared" | null;

/** Which figures were made up: those of the period or, where it is compared, those of the one before alone. */
export function madeUpIn({ from, to, madeUpUntil }: Span, compares: boolean): MadeUp {
  if (madeUpUntil === null) return null;
  const [begin, end, until] = [Date.parse(from), Date.parse(to), Date.parse(madeUpUntil)];
  if (until >= end) return "all";
  if (until > begin) return "part";
  return compares && until > begin - (end - begin) ? "compared" : null;
}

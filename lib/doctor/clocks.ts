import { ok, type Verdict, warning, wrong } from "./check";

/** What a difference of clocks means: beyond half a minute a second factor's codes are refused. */
export function drift(whose: string, theirs: Date, ours: Date): Verdict {
  const seconds = Math.abs(theirs.getTime() - ours.getTime()) / 1000;
  const todo = "Let both take the time from the network (NTP).";
  if (seconds <= 2) return ok(`${whose} has the same time, to ${seconds.toFixed(1)} s.`);
  const words = `${whose}'s clock is ${Math.round(seconds)} s away from this one.`;
  return seconds > 30 ? wrong(`${words} Codes of a second factor are refused then.`, todo) : warning(words, todo);
}

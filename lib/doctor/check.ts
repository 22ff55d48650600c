import { setTimeout as delay } from "node:timers/promises";

/** How a check ended: right; usable, but look at it; wrong; or that it could not be looked at, which is not "right". */
export type State = "ok" | "warning" | "wrong" | "unchecked";

/** What a check says: what it found, and what to do about it. */
export type Verdict = { state: State; words: string; todo?: string };

/** One thing that is looked at. */
export type Check = {
  /** Its name, by which programs know it. */
  id: string;
  /** What is looked at, for people. */
  about: string;
  /** Checks that must not be wrong first: without a database, nothing in it can be read. */
  needs?: readonly string[];
  look: () => Verdict | Promise<Verdict>;
};

/** What came of a check. */
export type Finding = { id: string; about: string; state: State; words: string; todo: string | null; ms: number };

/** Something is right. */
export const ok = (words: string): Verdict => ({ state: "ok", words });
/** Something works, and will not go on working, or not as well as it could. */
export const warning = (words: string, todo: string): Verdict => ({ state: "warning", words, todo });
/** Something is wrong. */
export const wrong = (words: string, todo: string): Verdict => ({ state: "wrong", words, todo });
/** Something was not looked at. */
export const unchecked = (words: string, todo?: string): Verdict => ({
  ...{ state: "unchecked", words },
  ...(todo !== undefined && { todo }),
});

/**
 * Makes one check after the other. One that throws is wrong, in the words of its error; one that does not end within
 * `patienceMs` is wrong, too. It never throws itself, except that it stops between two checks when it is aborted.
 */
export async function examine(
  checks: readonly Check[],
  {
    patienceMs = 20_000,
    signal,
    told,
  }: { patienceMs?: number; signal?: AbortSignal; told?: (next: Check) => void } = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    signal?.throwIfAborted();
    told?.(check);
    const began = performance.now();
    const verdict = missing(check, findings, checks) ?? (await attempt(check, patienceMs));
    const { state, words, todo = null } = verdict;
    findings.push({ id: check.id, about: check.about, state, words, todo, ms: Math.round(performance.now() - began) });
  }
  return findings;
}

function missing({ needs = [] }: Check, findings: readonly Finding[], checks: readonly Check[]): Verdict | undefined {
  const first = needs.find((id) => {
    const state = findings.find((one) => one.id === id)?.state;
    return state === undefined || state === "wrong" || state === "unchecked";
  });
  if (first === undefined) return undefined;
  const about = checks.find(({ id }) => id === first)?.about ?? first;
  return unchecked(`This can't be looked at before that is right: ${about}.`);
}

async function attempt(check: Check, patienceMs: number): Promise<Verdict> {
  const done = new AbortController();
  const late = delay(patienceMs, wrong(`It did not end within ${patienceMs / 1000} s.`, "Look at what it waits for."), {
    signal: done.signal,
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([check.look(), late]);
  } catch (error) {
    return wrong(sentence(error), "Mend what these words name, then run this again.");
  } finally {
    done.abort();
  }
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message.trim() : String(error);
  return text === "" ? "It failed without a word." : text;
}

/** How many there are of each. */
export function summaryOf(findings: readonly Finding[]): Record<State, number> {
  const counts: Record<State, number> = { ok: 0, warning: 0, wrong: 0, unchecked: 0 };
  for (const { state } of findings) counts[state] += 1;
  return counts;
}

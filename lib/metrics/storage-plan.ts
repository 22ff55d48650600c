/** What is known of a database's size. */
export type Sized = {
  bytes: number | undefined;
  /** When it was measured, in seconds; undefined before the first time. */
  at: number | undefined;
  /** Whether something may have changed its size since. */
  moved: boolean;
};

/** Seconds between two measurements of a database that keeps changing. */
const movedInterval = 4;

/** Seconds after which a database that seems unchanged is measured again, if there is time. */
const idleInterval = 60;

/** Seconds of a round that may go into databases that changed or are new, and into all others. */
const movedBudget = 0.04;
const idleBudget = 0.01;

/**
 * Chooses the databases to measure in this round, those that waited longest first, as many as the budget allows at
 * the cost of one that was learned; always one at least.
 */
export function choose(databases: Map<number, Sized>, now: number, secondsEach: number): number[] {
  const age = ({ at }: Sized) => (at === undefined ? Number.POSITIVE_INFINITY : now - at);
  const waiting = [...databases]
    .map(([datid, sized]) => ({ datid, age: age(sized), urgent: sized.moved || sized.at === undefined }))
    .filter((one) => one.age >= (one.urgent ? movedInterval : idleInterval))
    .sort((one, other) => (other.age > one.age ? 1 : other.age < one.age ? -1 : 0));
  const take = (urgent: boolean, budget: number) =>
    waiting
      .filter((one) => one.urgent === urgent)
      .slice(0, Math.max(1, Math.floor(budget / secondsEach)))
      .map(({ datid }) => datid);
  return [...take(true, movedBudget), ...take(false, idleBudget)];
}

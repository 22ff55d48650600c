import { beginning } from "@/lib/kernel/foreign-text";

/** The most reasons that an answer tells, and the most characters of all. */
const mostReasons = 12;
const mostText = 2000;

/** Counts the points that are not taken, and says why, each reason once. */
export class Rejections {
  private readonly counts = new Map<string, number>();
  private readonly notes = new Set<string>();

  /** So many points are not taken. */
  reject(reason: string, points = 1): void {
    if (points > 0) this.counts.set(reason, (this.counts.get(reason) ?? 0) + points);
  }

  /** Something needs saying of points that are taken. */
  note(words: string): void {
    this.notes.add(words);
  }

  get points(): number {
    return [...this.counts.values()].reduce((sum, one) => sum + one, 0);
  }

  /** What the answer says; undefined when all is well. */
  get partialSuccess(): { rejectedDataPoints: number; errorMessage: string } | undefined {
    const reasons = [...this.counts].map(
      ([reason, points]) => `${points} ${points === 1 ? "point" : "points"}: ${reason}`,
    );
    const all = [...reasons, ...this.notes];
    if (all.length === 0) return undefined;
    const more = all.length - mostReasons;
    const told = [...all.slice(0, mostReasons), ...(more > 0 ? [`And ${more} more reasons.`] : [])].join(" ");
    return { rejectedDataPoints: this.points, errorMessage: beginning(told, mostText) };
  }
}

/** A name that a sender made up, as an answer quotes it. */
export function quoted(name: string): string {
  return `"${beginning(name.replace(/[\p{C}"]/gu, "?"), 80)}"`;
}

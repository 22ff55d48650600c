/** What some series come to together. */
export type Figures = {
  /** How many of them stand, and how many of these tell something that is added up. */
  standing: number;
  known: number;
  /** What they add up to; of means, each times its weight. */
  sum: number;
  weight: number;
};

export const none: Figures = { standing: 0, known: 0, sum: 0, weight: 0 };

/**
 * A sum of changing parts. A part that changes changes only the sums above it: nothing is subtracted, so that a large part
 * that has gone leaves no rounding behind.
 */
export class SumTree {
  private readonly places = new Map<string, number>();
  /** The parts are the second half; each place before has the sum of the two at twice its number. */
  private nodes: Figures[] = [none, none];

  get total(): Figures {
    return this.nodes[1] ?? none;
  }

  set(key: string, part: Figures): void {
    let place = this.places.get(key);
    if (place === undefined) {
      place = this.places.size;
      this.places.set(key, place);
      if (place >= this.nodes.length / 2) this.grow();
    }
    let index = this.nodes.length / 2 + place;
    this.nodes[index] = part;
    for (index >>= 1; index > 0; index >>= 1) this.nodes[index] = this.sumBelow(index);
  }

  private grow(): void {
    const half = this.nodes.length;
    const parts = this.nodes.slice(half / 2);
    this.nodes = new Array<Figures>(2 * half).fill(none);
    for (const [place, part] of parts.entries()) this.nodes[half + place] = part;
    for (let index = half - 1; index > 0; index--) this.nodes[index] = this.sumBelow(index);
  }

  private sumBelow(index: number): Figures {
    const [one, other] = [this.nodes[2 * index] ?? none, this.nodes[2 * index + 1] ?? none];
    return {
      standing: one.standing + other.standing,
      known: one.known + other.known,
      sum: one.sum + other.sum,
      weight: one.weight + other.weight,
    };
  }
}

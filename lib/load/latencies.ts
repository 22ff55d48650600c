/** How times spread, in milliseconds; null where there were none. */
export type Spread = {
  count: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
  mean: number | null;
};

/** Each bucket is this much wider than the one below: a percentile is at most 1 % too high. */
const growth = Math.log(1.01);
const finest = 0.001;

/** Times in milliseconds, kept in buckets, so that an hour of load takes no more memory than a second of it. */
export class Latencies {
  readonly #buckets: number[] = [];
  #count = 0;
  #sum = 0;
  #max = 0;

  add(ms: number): void {
    const bucket = Math.max(0, Math.ceil(Math.log(Math.max(ms, finest) / finest) / growth));
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sum += ms;
    this.#max = Math.max(this.#max, ms);
  }

  /** Percentiles, the largest and the mean; the largest and the mean are exact. */
  spread(): Spread {
    if (this.#count === 0) return { count: 0, p50: null, p95: null, p99: null, max: null, mean: null };
    const at = (share: number) => fine(this.#at(share));
    return {
      ...{ count: this.#count, p50: at(0.5), p95: at(0.95), p99: at(0.99) },
      ...{ max: fine(this.#max), mean: fine(this.#sum / this.#count) },
    };
  }

  #at(share: number): number {
    let left = Math.ceil(share * this.#count);
    for (const [bucket, count] of this.#buckets.entries()) {
      left -= count ?? 0;
      if (left <= 0) return Math.min(this.#max, finest * Math.exp(bucket * growth));
    }
    return this.#max;
  }
}

/** Milliseconds to the thousandth. */
const fine = (ms: number): number => Math.round(ms * 1000) / 1000;

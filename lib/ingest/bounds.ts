import { AppError } from "@/lib/kernel/errors";

/** How many of each one message may have: far more than an SDK exports at once, few enough to be read without a halt. */
const most = {
  "data points": 10_000,
  metrics: 10_000,
  scopes: 10_000,
  resources: 10_000,
  attributes: 100_000,
  "objects and lists": 200_000,
} as const;

/** Counts what one message has, before anything is made of it. */
export class Bounds {
  private readonly counts = new Map<keyof typeof most, number>();

  /** So many more. Throws where that is too many: the whole message is refused. */
  add(what: keyof typeof most, more: number): void {
    const count = (this.counts.get(what) ?? 0) + more;
    this.counts.set(what, count);
    if (count <= most[what]) return;
    throw new AppError("too_large", `A message may have up to ${most[what]} ${what}. Send smaller batches.`);
  }
}

const [brace, bracket] = ["{".charCodeAt(0), "[".charCodeAt(0)];

/** Bounds what a text of JSON may unfold to; those within its strings count too, since that is cheaper to tell. */
export function boundJson(bytes: Uint8Array): void {
  const bounds = new Bounds();
  for (const byte of bytes) if (byte === brace || byte === bracket) bounds.add("objects and lists", 1);
}

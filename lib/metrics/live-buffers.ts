import { coalesce, type LiveEvent } from "./live-event";

/** The last events of a process, so that a client that was away for a moment misses nothing. */
export class Recent {
  private events: LiveEvent[] = [];
  private weight = 0;

  /** Bounded by the number of events and by the tenants' changes in them: some minutes of a usual fleet. */
  constructor(
    private readonly mostEvents = 600,
    private readonly mostWeight = 50_000,
  ) {}

  add(event: LiveEvent): void {
    this.events.push(event);
    this.weight += weightOf(event);
    while (this.events.length > 1 && (this.events.length > this.mostEvents || this.weight > this.mostWeight)) {
      const oldest = this.events.shift();
      if (oldest) this.weight -= weightOf(oldest);
    }
  }

  /** What came after the event with this id; undefined when that is no longer known. */
  after(id: string): LiveEvent[] | undefined {
    const index = this.events.findIndex((event) => event.id === id);
    return index < 0 ? undefined : this.events.slice(index + 1);
  }

  clear(): void {
    this.events = [];
    this.weight = 0;
  }
}

function weightOf({ data }: LiveEvent): number {
  return data.type === "tick" ? data.changes.length : 0;
}

/** Events waiting for one reader. It never holds more than a few: a reader that falls behind gets the latest only. */
export class Mailbox {
  private waiting: LiveEvent[] = [];
  private wake: (() => void) | undefined;

  constructor(
    private readonly signal: AbortSignal,
    private readonly most = 16,
  ) {
    signal.addEventListener("abort", () => this.wake?.(), { once: true });
  }

  put(event: LiveEvent): void {
    this.waiting.push(event);
    if (this.waiting.length > this.most) this.waiting = coalesce(this.waiting);
    this.wake?.();
  }

  /** Leaves nothing but the advice to read everything again. */
  reset(): void {
    this.waiting = [{ data: { type: "reset" } }];
    this.wake?.();
  }

  /** The next event; waits for one, and gives undefined once the signal is aborted. */
  async take(): Promise<LiveEvent | undefined> {
    while (!this.signal.aborted) {
      const next = this.waiting.shift();
      if (next) return next;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return undefined;
  }
}

import type { Clock } from "@/lib/kernel/clock";
import { log } from "@/lib/platform/log";

type CacheOptions<Value> = {
  /** Finds the value of a key, null when there is none. */
  load: (key: string) => Promise<Value | null>;
  clock: Clock;
  /** Milliseconds for which a found value is believed without asking again. */
  freshMs: number;
  /** How old a value was, in milliseconds, when `load` brought it; 0 unless told. */
  ageOf?: (value: Value) => number;
  /** Milliseconds for which an absence is believed. */
  absentMs: number;
  /** Milliseconds for which a found value goes on serving while `load` fails. */
  outageMs: number;
  /** The most values kept, and the most absences: strangers can't push out the known. */
  limit: number;
};

type Entry<Value> = { value: Value; loadedAt: number; checkAt: number };

/** A bounded cache in which many callers of one key cause one load, and which remembers what does not exist. */
export class LookupCache<Value> {
  readonly #options: CacheOptions<Value>;
  readonly #found = new Map<string, Entry<Value>>();
  readonly #absent = new Map<string, number>();
  readonly #loading = new Map<string, Promise<Value | null>>();
  /** How often somebody asked, and how often memory knew. */
  lookups = 0;
  hits = 0;

  constructor(options: CacheOptions<Value>) {
    this.#options = options;
  }

  /** The value of a key, from memory or loaded; null when there is none. */
  async get(key: string): Promise<Value | null> {
    return await this.find(key);
  }

  /** The same, but at once and not as a promise where memory knows: that is what most requests wait for. */
  find(key: string): Value | null | Promise<Value | null> {
    this.lookups++;
    const now = this.#options.clock().getTime();
    const entry = this.#found.get(key);
    if (entry ? now < entry.checkAt : now < (this.#absent.get(key) ?? 0)) {
      this.hits++;
      return entry?.value ?? null;
    }
    return this.#loading.get(key) ?? this.#load(key);
  }

  /** Forgets the values for which `changed` holds, every absence, and whatever is being loaded from older facts. */
  forget(changed: (value: Value) => boolean): void {
    for (const [key, { value }] of this.#found) if (changed(value)) this.#found.delete(key);
    this.#absent.clear();
    this.#loading.clear();
  }

  /** Makes every key be looked up at its next use; found values still bridge an outage. */
  expire(): void {
    for (const entry of this.#found.values()) entry.checkAt = 0;
    this.#absent.clear();
    this.#loading.clear();
  }

  #load(key: string): Promise<Value | null> {
    const loading: Promise<Value | null> = this.#options.load(key).then(
      (value) => {
        // Only the newest load of a key is kept: one that was forgotten on the way may be older than the change.
        if (this.#settle(key, loading)) this.#keep(key, value);
        return value;
      },
      (error: unknown) => {
        this.#settle(key, loading);
        return this.#bridge(key, error);
      },
    );
    this.#loading.set(key, loading);
    return loading;
  }

  #settle(key: string, loading: Promise<Value | null>): boolean {
    return this.#loading.get(key) === loading && this.#loading.delete(key);
  }

  #keep(key: string, value: Value | null): void {
    const { clock, freshMs, ageOf, absentMs, limit } = this.#options;
    const now = clock().getTime();
    this.#found.delete(key);
    this.#absent.delete(key);
    if (value === null) put(this.#absent, key, now + absentMs, limit);
    else put(this.#found, key, { value, loadedAt: now, checkAt: now + freshMs - (ageOf?.(value) ?? 0) }, limit);
  }

  #bridge(key: string, error: unknown): Value {
    const entry = this.#found.get(key);
    const now = this.#options.clock().getTime();
    if (!entry || now - entry.loadedAt > this.#options.outageMs) throw error;
    entry.checkAt = now + 1000;
    log().warn({ error: String(error) }, "a tenant could not be looked up again; its last known record is used");
    return entry.value;
  }
}

function put<Value>(map: Map<string, Value>, key: string, value: Value, limit: number): void {
  map.set(key, value);
  if (map.size <= limit) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

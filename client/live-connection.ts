import { type LiveMessage, liveMessage } from "@/lib/metrics/contract";
import { type CallError, problemOf } from "./call";
import { serverTime } from "./now";
import { leaveIfSignedOut } from "./session-end";

/** What the stream's connection is doing. Times are by the server's clock, Unix milliseconds. */
export type ConnectionState = {
  phase: "idle" | "connecting" | "open" | "lost";
  since: number;
  /** When a measurement last arrived here. */
  lastTickAt: number | null;
  /** Why the server opens no stream, in its words; null unless it refused one. */
  refusal: string | null;
};

const retryMs = 3000;
const longestRetryMs = 60_000;
/** Refusals that last; after anything else it is tried again without a word. */
const refused: ReadonlySet<string> = new Set(["limit", "forbidden"]);
const settleMs = 60;

/** One EventSource for the whole tab: topics are counted, merged, and the connection renewed when their set changes. */
export class LiveConnection {
  #topics = new Map<string, number>();
  #opened = "";
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #paused = false;
  #listeners = new Set<() => void>();
  #state: ConnectionState = { phase: "idle", since: 0, lastTickAt: null, refusal: null };
  readonly #onMessage: (message: LiveMessage) => void;

  constructor(onMessage: (message: LiveMessage) => void) {
    this.#onMessage = onMessage;
  }

  readonly getState = (): ConnectionState => this.#state;

  readonly onStateChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Asks for topics until the returned function is called. */
  follow(topics: readonly string[]): () => void {
    for (const topic of topics) this.#topics.set(topic, (this.#topics.get(topic) ?? 0) + 1);
    this.#settle(settleMs);
    return () => {
      for (const topic of topics) this.#leave(topic);
      this.#settle(settleMs);
    };
  }

  /** Lets go of the stream while nobody looks; what was asked for is remembered. */
  pause(): void {
    this.#paused = true;
    this.close();
  }

  /** Goes on after a pause; tells whether there was one, so that what was missed can be read. */
  resume(): boolean {
    if (!this.#paused) return false;
    this.#paused = false;
    this.#open();
    return true;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.#opened = "";
  }

  #leave(topic: string): void {
    const count = (this.#topics.get(topic) ?? 1) - 1;
    if (count > 0) this.#topics.set(topic, count);
    else this.#topics.delete(topic);
  }

  #settle(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), delay);
  }

  #open(): void {
    if (this.#paused) return;
    const wanted = [...this.#topics.keys()].sort().join(",");
    if (wanted === this.#opened && this.#source) return;
    this.close();
    this.#opened = wanted;
    if (wanted === "") this.#change({ phase: "idle", since: serverTime() });
    else this.#connect(wanted);
  }

  #connect(topics: string): void {
    this.#change({ phase: this.#state.phase === "lost" ? "lost" : "connecting", since: serverTime() });
    const source = new EventSource(streamOf(topics));
    source.onopen = () => this.#change({ phase: "open", since: serverTime(), refusal: null });
    source.onmessage = (event) => void this.#receive(event.data, source);
    source.onerror = () => this.#lose(source);
    this.#source = source;
  }

  /** In the order in which messages came: each waits only for what checks them. */
  async #receive(data: string, source: EventSource): Promise<void> {
    const result = await liveMessage.safeParseAsync(JSON.parse(data));
    if (!result.success || source !== this.#source) return;
    if (result.data.type === "tick") this.#change({ lastTickAt: serverTime() });
    this.#onMessage(result.data);
  }

  #lose(source: EventSource): void {
    if (this.#state.phase !== "lost") this.#change({ phase: "lost", since: serverTime() });
    if (source.readyState !== EventSource.CLOSED) return;
    // The browser tries again by itself unless it was refused, and then it does not tell why.
    const topics = this.#opened;
    this.close();
    void this.#askWhy(topics);
  }

  /** Asks for the same stream in a way that shows the refusal; the session may have ended. Then tries again, later. */
  async #askWhy(topics: string): Promise<void> {
    let wait = retryMs;
    try {
      const refusal = await refusalOf(topics);
      leaveIfSignedOut(refusal);
      this.#change({ refusal: refusal && refused.has(refusal.code) ? refusal.message : null });
      wait = Math.min((refusal?.retryAfter ?? 0) * 1000 || retryMs, longestRetryMs);
    } catch {
      this.#change({ refusal: null });
    }
    if (!this.#source && !this.#paused) this.#settle(wait);
  }

  #change(part: Partial<ConnectionState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}

const streamOf = (topics: string): string => `/api/tenancy/stream?topics=${encodeURIComponent(topics)}`;

/** What the server says against this stream; undefined when it would open it. Throws when it can't be reached. */
async function refusalOf(topics: string): Promise<CallError | undefined> {
  const stop = new AbortController();
  try {
    const response = await fetch(streamOf(topics), { headers: { accept: "text/event-stream" }, signal: stop.signal });
    return response.ok ? undefined : await problemOf(response);
  } finally {
    stop.abort();
  }
}

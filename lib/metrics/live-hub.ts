import type { Clock } from "@/lib/kernel/clock";
import { log } from "@/lib/platform/log";
import { type Channel, listen } from "@/lib/platform/notify";
import { controlDb } from "@/lib/platform/prisma";
import { Mailbox, Recent } from "./live-buffers";
import { type Interest, type LiveEvent, project } from "./live-event";
import { endedSessions, readTick } from "./live-questions";

const channels: Channel[] = ["tenantry_tick", "tenantry_tenant", "tenantry_activity", "tenantry_session"];

/** Milliseconds between two looks at whether the sessions of open streams still stand: a notification can be lost. */
const sessionInterval = 30_000;

type Reader = { interest: Interest; mailbox: Mailbox };
type Watched = { sessionId: string; end: () => void };

/** One per process: hears what is new, reads it once, and hands it to every reader that asked for it. */
export class LiveHub {
  private readonly readers = new Set<Reader>();
  private readonly sessions = new Set<Watched>();
  private readonly recent = new Recent();
  private readonly stopped = new AbortController();
  private reading: Promise<void> = Promise.resolve();
  private connections = 0;
  private readonly ready: Promise<void>;

  constructor(private readonly clock: Clock) {
    this.ready = new Promise((resolve) => {
      const onConnected = () => {
        this.reconnected();
        resolve();
      };
      listen(
        channels,
        { onMessage: (channel, payload) => this.heard(channel, payload), onConnected },
        this.stopped.signal,
      );
    });
    const timer = setInterval(() => void this.checkSessions(), sessionInterval).unref();
    this.stopped.signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }

  /** Resolves once notifications are heard, or after two seconds without: the stream then begins with a gap. */
  async listening(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 2000);
    });
    await Promise.race([this.ready, enough]);
    clearTimeout(timer);
  }

  /** Adds a reader, who first gets what came after `lastEventId`, or the advice to read everything again. */
  join(interest: Interest, lastEventId: string | null, signal: AbortSignal): { mailbox: Mailbox; leave: () => void } {
    const reader = { interest, mailbox: new Mailbox(signal) };
    if (lastEventId !== null) this.replay(reader, lastEventId);
    this.readers.add(reader);
    return { mailbox: reader.mailbox, leave: () => this.readers.delete(reader) };
  }

  /** Calls `end` once the session is revoked or over; returns how to stop watching. */
  watchSession(sessionId: string, end: () => void): () => void {
    const watched = { sessionId, end };
    this.sessions.add(watched);
    return () => this.sessions.delete(watched);
  }

  stop(): void {
    this.stopped.abort();
  }

  private replay({ interest, mailbox }: Reader, lastEventId: string): void {
    const missed = this.recent.after(lastEventId);
    if (!missed) mailbox.reset();
    for (const event of missed ?? []) {
      const part = project(event, interest);
      if (part) mailbox.put(part);
    }
  }

  private reconnected(): void {
    if (this.connections++ === 0) return;
    // What was said meanwhile was missed, by everybody.
    this.recent.clear();
    for (const { mailbox } of this.readers) mailbox.reset();
    void this.checkSessions();
  }

  private heard(channel: Channel, payload: string): void {
    if (channel === "tenantry_session") this.endSessions([payload]);
    else if (channel === "tenantry_tenant") this.publish({ data: { type: "tenant", tenantId: payload } });
    else if (channel === "tenantry_activity") this.publish({ data: { type: "activity", tenantId: payload } });
    // Ticks are read one after the other, so that they are told in the order in which they were stored.
    else this.reading = this.reading.then(() => this.tell(payload));
  }

  private async tell(id: string): Promise<void> {
    try {
      const data = await readTick(controlDb(), id);
      if (data) this.publish({ id, data });
    } catch (error) {
      log().warn({ error: String(error) }, "a tick could not be read; its figures come with the next");
    }
  }

  private publish(event: LiveEvent): void {
    this.recent.add(event);
    const parts = new Map<string, LiveEvent | undefined>();
    for (const { interest, mailbox } of this.readers) {
      if (!parts.has(interest.key)) parts.set(interest.key, project(event, interest));
      const part = parts.get(interest.key);
      if (part) mailbox.put(part);
    }
  }

  private endSessions(ids: string[]): void {
    for (const watched of this.sessions) if (ids.includes(watched.sessionId)) watched.end();
  }

  private async checkSessions(): Promise<void> {
    const ids = [...new Set([...this.sessions].map(({ sessionId }) => sessionId))];
    if (ids.length === 0) return;
    try {
      this.endSessions(await endedSessions(controlDb(), ids, this.clock()));
    } catch (error) {
      log().warn({ error: String(error) }, "the sessions of open streams could not be checked");
    }
  }
}

import type { Clock } from "@/lib/kernel/clock";
import type { Scope } from "@/lib/kernel/scope";
import { log } from "@/lib/platform/log";
import { type Channel, listen } from "@/lib/platform/notify";
import { controlDb } from "@/lib/platform/prisma";
import { Mailbox, Recent } from "./live-buffers";
import { type Interest, type LiveEvent, project, tenantsOf, within } from "./live-event";
import { LiveHolders } from "./live-holders";
import { isRunWithin, readTick, withinScope } from "./live-questions";

const channels: Channel[] = [
  "tenantry_tick",
  "tenantry_tenant",
  "tenantry_activity",
  "tenantry_session",
  "tenantry_bulk",
  "tenantry_isolation",
];

type Reader = { interest: Interest; mailbox: Mailbox };

/** One per process: hears what is new, reads it once, and hands it to every reader that asked for it. */
export class LiveHub {
  private readonly readers = new Set<Reader>();
  private readonly recent = new Recent();
  private readonly stopped = new AbortController();
  /** Whose streams are open. */
  readonly holders: LiveHolders;
  private reading: Promise<void> = Promise.resolve();
  private scoping: Promise<void> = Promise.resolve();
  private connections = 0;
  private readonly ready: Promise<void>;

  constructor(clock: Clock) {
    this.holders = new LiveHolders(clock, this.stopped.signal);
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

  stop(): void {
    this.stopped.abort();
  }

  private replay({ interest, mailbox }: Reader, lastEventId: string): void {
    const missed = interest.scope.kind === "all" ? this.recent.after(lastEventId) : undefined;
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
    void this.holders.look();
  }

  private heard(channel: Channel, payload: string): void {
    if (channel === "tenantry_session") this.holders.end([payload]);
    else if (channel === "tenantry_tenant") this.publish({ data: { type: "tenant", tenantId: payload } });
    else if (channel === "tenantry_activity") this.publish({ data: { type: "activity", tenantId: payload } });
    else if (channel === "tenantry_bulk") this.publish({ data: { type: "bulk", runId: payload } });
    else if (channel === "tenantry_isolation") this.publish({ data: { type: "isolation", serverId: payload } });
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
    const readers = [...this.readers];
    this.hand(
      event,
      readers.filter(({ interest }) => interest.scope.kind === "all"),
    );
    const scoped = readers.filter(({ interest }) => interest.scope.kind !== "all");
    if (scoped.length > 0) this.scoping = this.scoping.then(() => this.handWithin(event, scoped));
  }

  /** Hands each scoped reader what it may know of an event; asked anew each time, since tenants move between scopes. */
  private async handWithin(event: LiveEvent, readers: Reader[]): Promise<void> {
    const scopes = new Map(readers.map(({ interest }) => [JSON.stringify(interest.scope), interest.scope]));
    for (const [key, scope] of scopes) {
      const alike = readers.filter(({ interest }) => JSON.stringify(interest.scope) === key);
      try {
        const part = await knownPart(event, scope);
        if (part) this.hand(part, alike);
      } catch (error) {
        log().warn({ error: String(error) }, "what scoped readers may see could not be read");
        for (const { mailbox } of alike) mailbox.reset();
      }
    }
  }

  private hand(event: LiveEvent, readers: Reader[]): void {
    const parts = new Map<string, LiveEvent | undefined>();
    for (const { interest, mailbox } of readers) {
      if (!parts.has(interest.key)) parts.set(interest.key, project(event, interest));
      const part = parts.get(interest.key);
      if (part) mailbox.put(part);
    }
  }
}

/** What a reader of a scope may know of an event. */
async function knownPart(event: LiveEvent, scope: Scope): Promise<LiveEvent | undefined> {
  const { data } = event;
  if (data.type === "bulk") return (await isRunWithin(controlDb(), scope, data.runId)) ? event : undefined;
  return within(event, await withinScope(controlDb(), scope, tenantsOf(event)));
}

import { liveSessions, touchSessions } from "@/lib/accounts/sessions";
import type { Actor } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { admits, type Rule } from "@/lib/keys/rules";
import { log } from "@/lib/platform/log";
import { controlDb, type Db } from "@/lib/platform/prisma";

/** Milliseconds between two looks at whether the sessions and keys of open streams still stand: a notification can be lost. */
const lookInterval = 2000;

/** Milliseconds between two notes that the sessions of open streams are in use: an open console is not idle. */
const touchInterval = 30_000;

/** Streams that one session or key may have open in this process: a person's tabs, and room for more. */
const mostStreams = 20;

type Holder = { id: string; kind: "user" | "key"; address: string | null; end: () => void };

/** Whose streams are open, so that they close when the session ends, the key is revoked, rights or IP rules change. */
export class LiveHolders {
  private readonly holders = new Set<Holder>();
  private touchedAt = 0;

  constructor(
    private readonly clock: Clock,
    signal: AbortSignal,
  ) {
    const timer = setInterval(() => void this.look(), lookInterval).unref();
    signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }

  /** Calls `end` once the actor's session or key is over, or the address kept out; returns how to stop watching. */
  watch(actor: Actor, address: string | null, end: () => void): () => void {
    if (actor.kind !== "user" && actor.kind !== "key") return () => undefined;
    const id = actor.kind === "user" ? actor.sessionId : actor.id;
    if (this.openOf(id) >= mostStreams) throw tooMany(actor.kind);
    const holder = { id, kind: actor.kind, address, end };
    this.holders.add(holder);
    return () => this.holders.delete(holder);
  }

  /** Closes the streams of these sessions or keys. */
  end(ids: string[]): void {
    for (const holder of this.holders) if (ids.includes(holder.id)) holder.end();
  }

  /** Closes the streams of everybody who is gone. */
  async look(): Promise<void> {
    const ids = (kind: Holder["kind"]) => [
      ...new Set([...this.holders].flatMap((one) => (one.kind === kind ? one.id : []))),
    ];
    const [sessions, keys] = [ids("user"), ids("key")];
    const now = this.clock();
    try {
      if (sessions.length > 0) this.end(await endedSessions(controlDb(), sessions, now));
      if (keys.length > 0) this.end(await endedKeys(controlDb(), keys, now));
      if (this.holders.size > 0) this.endKeptOut(await controlDb().ipRule.findMany());
      if (sessions.length === 0 || now.getTime() - this.touchedAt < touchInterval) return;
      this.touchedAt = now.getTime();
      await touchSessions(ids("user"), now);
    } catch (error) {
      log().warn({ error: String(error) }, "the sessions of open streams could not be checked");
    }
  }

  private openOf(id: string): number {
    let open = 0;
    for (const holder of this.holders) if (holder.id === id) open++;
    return open;
  }

  private endKeptOut(rules: readonly Rule[]): void {
    for (const { kind, address, end } of this.holders) {
      if (!admits(rules, kind === "user" ? "console" : "api", address)) end();
    }
  }
}

function tooMany(kind: Holder["kind"]): AppError {
  const whose = kind === "user" ? "Your session" : "This API key";
  return new AppError("limit", `${whose} has ${mostStreams} live streams open, the limit. Close one first.`, {
    retryAfter: 30,
  });
}

async function endedSessions(db: Db, ids: string[], now: Date): Promise<string[]> {
  const where = { id: { in: ids }, ...liveSessions(now) };
  return without(ids, await db.session.findMany({ where, select: { id: true } }));
}

async function endedKeys(db: Db, ids: string[], now: Date): Promise<string[]> {
  const where = { id: { in: ids }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  return without(ids, await db.apiKey.findMany({ where, select: { id: true } }));
}

function without(ids: string[], standing: { id: string }[]): string[] {
  const known = new Set(standing.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

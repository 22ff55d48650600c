import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import type pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { beginning } from "@/lib/kernel/foreign-text";
import { derivedKey } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/log";
import { type SignInRow, writeSignIns } from "./write-sign-ins";

/** That one of a tenant's own users signed in to its app, or tried to. */
export type SignIn = {
  /**
   * Who: a name as the timeline should show it, such as an e-mail address, or an id with or without a name. An id, and
   * a name that stands for one, is kept as a keyed hash only; the name is kept as it is given.
   */
  user: string | { id: string; name?: string };
  succeeded: boolean;
  ipAddress?: string;
  userAgent?: string;
};

const everyMs = 1000;
const quietMs = 60_000;
/** Sign-ins of one tenant and outcome that are told one by one in a minute; what comes beyond is told as one number. */
const mostSingle = 60;
/** Those that wait to be written, over all tenants: while the control database is away, the rest is only counted. */
const mostWaiting = 5000;

/** A tenant's minute: how many were told one by one, and how many beyond. */
type Flood = { tenantId: string; succeeded: boolean; since: number; single: number; beyond: number };

/** Keeps sign-ins in memory and writes them to the tenants' timelines each second. Nothing here throws into the app. */
export class SignInLog {
  readonly #pool: pg.Pool;
  readonly #app: string;
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  #waiting: SignInRow[] = [];
  #floods = new Map<string, Flood>();
  #doubtful: { xid: string; rows: SignInRow[] } | undefined;
  #flushing: Promise<void> | undefined;
  #complainedAt = Number.NEGATIVE_INFINITY;
  #key: string | undefined;

  constructor(pool: pg.Pool, app: string, clock: Clock) {
    this.#pool = pool;
    this.#app = app;
    this.#clock = clock;
    this.#timer = setInterval(
      () => void this.flush().catch((error: unknown) => this.#complain(error)),
      everyMs,
    ).unref();
  }

  /** Takes one sign-in; what is no sign-in, or told outside of a tenant's context, is left out with a warning. */
  record(tenantId: string | undefined, signIn: SignIn): void {
    try {
      if (tenantId === undefined) throw new Error("No tenant here: use runInTenant(tenant, …) around the sign-in.");
      this.#take(tenantId, signIn);
    } catch (error) {
      this.#complain(error);
    }
  }

  /** Writes what waits; one flush runs at a time. On failure it is kept, and it throws. */
  async flush(): Promise<void> {
    this.#flushing ??= this.#write(false).finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  /** Stops the timer and writes what is left, the numbers of what was too much included. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing?.catch(() => undefined);
    await this.#write(true).catch((error: unknown) => {
      log().error({ error: String(error), signIns: this.#waiting.length }, "the last sign-ins were not written");
    });
  }

  #take(tenantId: string, { user, succeeded, ipAddress, userAgent }: SignIn): void {
    const at = this.#clock();
    const flood = this.#floodOf(tenantId, succeeded, at.getTime());
    if (flood.single >= mostSingle || this.#waiting.length >= mostWaiting) {
      flood.beyond++;
      return;
    }
    flood.single++;
    const { id, name } = typeof user === "string" ? { id: user, name: user } : user;
    const shown = cleaned(name ?? "", 200) || "a user";
    this.#waiting.push({
      tenantId,
      type: succeeded ? "signed_in" : "sign_in_failed",
      description: succeeded ? `${shown} signed in` : `${shown} could not sign in`,
      actor: shown,
      ipAddress: addressOf(ipAddress),
      userAgent: userAgent === undefined ? null : cleaned(userAgent, 300),
      metadata: { user: this.#hash(tenantId, id) },
      at,
    });
  }

  #floodOf(tenantId: string, succeeded: boolean, now: number): Flood {
    const key = `${tenantId} ${succeeded}`;
    const found = this.#floods.get(key);
    if (found) return found;
    const made = { tenantId, succeeded, since: now, single: 0, beyond: 0 };
    this.#floods.set(key, made);
    return made;
  }

  /** Different for each tenant and installation, so that nobody learns from it who it was, or that two are one person. */
  #hash(tenantId: string, id: string): string {
    this.#key ??= derivedKey("users of tenants");
    return createHmac("sha256", this.#key).update(`${tenantId} ${id}`).digest("base64url").slice(0, 22);
  }

  /** What was too much in minutes that are over, as one activity each. */
  #told(all: boolean): SignInRow[] {
    // The numbers go on growing where they are while too much waits.
    if (!all && this.#waiting.length >= mostWaiting) return [];
    const now = this.#clock();
    const over = [...this.#floods].filter(([, { since }]) => all || Math.abs(now.getTime() - since) >= quietMs);
    for (const [key] of over) this.#floods.delete(key);
    return over.flatMap(([, { tenantId, succeeded, beyond }]) => {
      if (beyond === 0) return [];
      const what = `${succeeded ? "further" : "further failed"} sign-in${beyond === 1 ? "" : "s"}`;
      return {
        tenantId,
        type: succeeded ? "signed_in" : "sign_in_failed",
        description: `… ${beyond.toLocaleString("en")} ${what} within a minute`,
        actor: this.#app,
        ipAddress: null,
        userAgent: null,
        metadata: { times: String(beyond) },
        at: now,
      };
    });
  }

  async #write(all: boolean): Promise<void> {
    if (this.#doubtful) await this.#settle(this.#doubtful);
    const rows = [...this.#waiting, ...this.#told(all)];
    this.#waiting = [];
    if (rows.length === 0) return;
    const { error, xid } = await writeSignIns(this.#pool, rows);
    if (error === undefined) return;
    if (xid === undefined) this.#putBack(rows);
    else this.#doubtful = { xid, rows };
    throw error;
  }

  /** The answer to COMMIT was lost: PostgreSQL is asked what became of that transaction. */
  async #settle({ xid, rows }: { xid: string; rows: SignInRow[] }): Promise<void> {
    const { rows: found } = await this.#pool.query<{ status: string | null }>(
      "SELECT pg_xact_status($1::xid8) AS status",
      [xid],
    );
    if (found[0]?.status === "in progress") throw new Error(`Transaction ${xid} has not ended yet.`);
    this.#doubtful = undefined;
    if (found[0]?.status === "aborted") this.#putBack(rows);
  }

  #putBack(rows: SignInRow[]): void {
    this.#waiting = [...rows, ...this.#waiting];
  }

  #complain(error: unknown): void {
    if (performance.now() - this.#complainedAt < quietMs) return;
    this.#complainedAt = performance.now();
    log().warn({ error: String(error) }, "a sign-in was not told, or can't be written now and is kept");
  }
}

/** What is not seen, or turns the text around it: two names that look alike would be two. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu;

/** A text on one line, without characters that PostgreSQL refuses, that are not seen or that turn the text around them. */
function cleaned(text: string, longest: number): string {
  const plain = beginning(text, longest * 2)
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(unseen, "");
  return beginning(plain.trim(), longest);
}

function addressOf(text: string | undefined): string | null {
  return text !== undefined && isIP(text) > 0 && !text.includes("%") ? text : null;
}

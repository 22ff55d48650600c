import type pg from "pg";
import { canonicalAddress } from "@/lib/kernel/addresses";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/log";
import { LookupCache } from "./cache";

/** Who is in a tenant's app as support, why, and until when. */
export type SupportSession = {
  readonly id: string;
  readonly tenantId: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly reason: string;
  readonly endsAt: Date;
};

/** Where a request came from, for the timeline. */
export type Visitor = { address: string | null; agent: string | null };

/** An operator's way into a tenant's app: a link for one use, and the session that it becomes. */
export type Support = {
  /**
   * Uses a link's token up and begins its session; `cookie` is what the browser has to hold. Throws `forbidden`, with
   * the reason support_unknown, support_used or support_expired, and `unavailable` in an outage.
   */
  redeem: (asked: { token: string; tenantId: string } & Visitor) => Promise<{
    cookie: string;
    session: SupportSession;
  }>;
  /** The session of a cookie, when it is this tenant's and still goes on; null also while the registry is away. */
  session: (cookie: string | undefined, tenantId: string) => Promise<SupportSession | null>;
  /** Ends the session of a cookie, because who had it leaves; nothing when there is none. */
  end: (cookie: string | undefined, tenantId: string, visitor: Visitor) => Promise<void>;
  /** Something about a tenant changed: its sessions are looked up at their next use. */
  changed: (tenantId: string) => void;
  /** Changes may have been missed: every session is looked up at its next use. */
  missed: () => void;
};

type SupportOptions = {
  /** The runtime's connections to the control database. */
  registry: Pick<pg.Pool, "query">;
  clock: Clock;
};

type Row = { id: string; tenantId: string; userId: string; name: string; email: string; reason: string; endsAt: Date };

// A second, since not all that ends a session is announced: a user who is deactivated has no tenant to announce.
const freshMs = 1000;
const tokenShape = /^[\w-]{43}$/;

const columns = `a.id, a.tenant_id AS "tenantId", a.user_id AS "userId", a.user_name AS name, a.user_email AS email,
  a.reason, a.session_ends AS "endsAt"`;

const goesOn = "a.ended_at IS NULL AND u.id = a.user_id AND u.deactivated_at IS NULL";

/** A change of one row with its line on the timeline: both or neither, and told to whoever reads along. */
const toldAs = (type: string, words: string) => `told AS (
    INSERT INTO tenant_activities
      (tenant_id, activity_type, description, user_agent, ip_address, actor, metadata, created_at)
    SELECT "tenantId", '${type}', ${words}, $5, $4::text::inet, email, jsonb_build_object('access', id), $3::timestamptz FROM changed)
  SELECT changed.*, pg_notify('tenantry_activity', "tenantId"::text), pg_notify('tenantry_tenant', "tenantId"::text)
    FROM changed`;

const questions = {
  redeem: `WITH changed AS (
    UPDATE support_access a
       SET redeemed_at = $3::timestamptz, redeemed_ip = $4::text, session_hash = $6,
           session_ends = $3::timestamptz + (a.session_ends - a.created_at)
      FROM users u
     WHERE a.token_hash = $1 AND a.tenant_id = $2 AND a.redeemed_at IS NULL AND a.expires_at > $3 AND ${goesOn}
    RETURNING ${columns}), ${toldAs("support_entered", "name || ' entered the app as support: ' || reason")}`,
  session: `SELECT ${columns} FROM support_access a, users u
    WHERE a.session_hash = $1 AND a.session_ends > $2 AND ${goesOn}`,
  end: `WITH changed AS (
    UPDATE support_access a SET ended_at = $3::timestamptz, ended_by = a.user_email || ' (in the app)' FROM users u
     WHERE a.session_hash = $1 AND a.tenant_id = $2 AND a.session_ends > $3 AND ${goesOn}
    RETURNING ${columns}), ${toldAs("support_ended", "'Support session of ' || name || ' ended: left the app'")}`,
  state: `SELECT id, redeemed_at IS NOT NULL AS used FROM support_access WHERE token_hash = $1 AND tenant_id = $2`,
} as const;

/** Lets operators into tenants' apps with the links that the console made for them. */
export function createSupport({ registry, clock }: SupportOptions): Support {
  const cache = new LookupCache<SupportSession>({
    load: (hash) => findSession(registry, hash, clock()),
    ...{ clock, freshMs, absentMs: freshMs, limit: 1000 },
    // Who can't be looked up is nobody: no known session bridges an outage.
    outageMs: -1,
  });
  return {
    redeem: async ({ token, tenantId, address, agent }) => {
      const cookie = randomToken();
      const key = tokenShape.test(token) ? sha256(token) : "";
      const seen = witness({ address, agent });
      const [row] = await ask(registry, questions.redeem, [key, tenantId, clock(), ...seen, sha256(cookie)]);
      if (!row) throw await refusal(registry, key, tenantId, address);
      return { cookie, session: sessionOf(row) };
    },
    session: async (cookie, tenantId) => {
      if (!cookie || !tokenShape.test(cookie)) return null;
      try {
        const session = await cache.get(sha256(cookie));
        return session?.tenantId === tenantId && session.endsAt > clock() ? session : null;
      } catch (error) {
        log().warn({ error: String(error) }, "a support session could not be looked up; it is not let in");
        return null;
      }
    },
    end: async (cookie, tenantId, visitor) => {
      if (!cookie || !tokenShape.test(cookie)) return;
      await ask(registry, questions.end, [sha256(cookie), tenantId, clock(), ...witness(visitor)]);
      cache.forget((session) => session.tenantId === tenantId);
    },
    changed: (tenantId) => cache.forget((session) => session.tenantId === tenantId),
    missed: () => cache.expire(),
  };
}

async function findSession(registry: SupportOptions["registry"], hash: string, now: Date) {
  const [row] = await ask(registry, questions.session, [hash, now]);
  return row ? sessionOf(row) : null;
}

function sessionOf({ id, tenantId, userId, name, email, reason, endsAt }: Row): SupportSession {
  return { id, tenantId, user: { id: userId, name, email }, reason, endsAt };
}

/** Why a link does not work. Who does not hold a token of this very tenant learns nothing about it. */
async function refusal(
  registry: SupportOptions["registry"],
  key: string,
  tenantId: string,
  address: string | null,
): Promise<AppError> {
  const [known] = await ask<{ id: string; used: boolean }>(registry, questions.state, [key, tenantId]);
  log().warn({ access: known?.id, used: known?.used, tenant: tenantId, address }, "a support link was refused");
  const [reason, words] = known ? (known.used ? refusals.used : refusals.expired) : refusals.unknown;
  return new AppError("forbidden", words, { reason });
}

const refusals = {
  unknown: ["support_unknown", "This link opens nothing here. Make a new one in the console."],
  used: ["support_used", "This link was used already: it opens the app once. Make a new one in the console."],
  expired: ["support_expired", "This link is over: it works for 60 seconds. Make a new one in the console."],
} as const;

/** An address that PostgreSQL takes, and an agent of sensible length. */
function witness({ address, agent }: Visitor): [string | null, string | null] {
  return [address && canonicalAddress(address), agent?.slice(0, 500) ?? null];
}

async function ask<Found = Row>(
  registry: SupportOptions["registry"],
  question: string,
  values: unknown[],
): Promise<Found[]> {
  try {
    const { rows } = await registry.query(question, values);
    return rows;
  } catch (cause) {
    throw new AppError("unavailable", "Support access can't be checked right now.", { cause, retryAfter: 2 });
  }
}

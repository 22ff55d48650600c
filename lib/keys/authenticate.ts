import type { KeyActor } from "@/lib/gate/context";
import { addressIn, parseAddressList } from "@/lib/kernel/addresses";
import { AppError } from "@/lib/kernel/errors";
import { isPermission } from "@/lib/kernel/permissions";
import { scopeShape } from "@/lib/kernel/scope";
import { together } from "@/lib/kernel/together";
import { controlDb } from "@/lib/platform/prisma";
import { quickDb } from "@/lib/platform/quick-db";
import type { Rule } from "./rules";
import { partsOf, secretMatches } from "./secret";
import { isExpired } from "./view";

/** Milliseconds between two notes of a key's use: not on every request. */
const noteMs = 60_000;

/** The API key that a request carries in Authorization (Bearer) or X-API-Key; undefined when it carries none. */
export function presentedKey(header: (name: string) => string | null): string | undefined {
  const bearer = /^bearer\s+(.+)$/i.exec(header("authorization") ?? "")?.[1]?.trim();
  const plain = header("x-api-key")?.trim();
  if (bearer && plain && bearer !== plain) throw invalid("The request carries two different API keys.");
  return bearer ?? plain;
}

/** Who holds a presented key. Throws `unauthenticated`; why a right key is refused is told, to its holder only. */
export async function actorOfKey(
  presented: string,
  { key: row }: Pick<AtDoor, "key">,
  address: string | null,
  now: Date,
): Promise<KeyActor> {
  const secret = partsOf(presented)?.secret ?? "";
  if (!secretMatches(secret, row?.secretHash) || !row) throw invalid("This API key is not known.");
  if (row.revokedAt) throw invalid("This API key was revoked.");
  if (isExpired(row, now)) throw invalid("This API key has expired.");
  if (!fromAllowed(row.allowedAddresses, address)) {
    throw new AppError("forbidden", `This API key does not work from ${address ?? "an unknown address"}.`);
  }
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > noteMs || row.lastUsedAddress !== address) {
    await controlDb().apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now, lastUsedAddress: address } });
  }
  const { id, name, prefix, rateLimit } = row;
  const rights = { permissions: row.permissions.filter(isPermission), scope: scopeShape.parse(row.scope) };
  return { kind: "key", id, name, prefix, rateLimit, ...rights };
}

type Kept = {
  id: string;
  name: string;
  prefix: string;
  secretHash: string;
  permissions: string[];
  scope: unknown;
  allowedAddresses: string[];
  rateLimit: number | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
};

/** What decides whether a program may come in: the IP rules, and the row of the key that it presents, if there is one. */
export type AtDoor = { rules: Rule[]; key: Kept | undefined };

/** The key's row and the rules as they are now: asked with every request of a program, so it is one question. */
export async function readDoor(presented: string): Promise<AtDoor> {
  return (await doorOf(partsOf(presented)?.prefix ?? "")).answer;
}

/** Requests that come at once with one key are told together: none of what was before it came. */
const doorOf = together(async (prefix): Promise<AtDoor> => {
  const [row] = await quickDb().$queryRaw<({ rules: Rule[] } & (Kept | { id: null }))[]>`
    SELECT (SELECT coalesce(json_agg(json_build_object('network', network, 'action', action, 'area', area)), '[]')
              FROM ip_rules) AS rules,
           key.id::text, name, prefix, secret_hash AS "secretHash", permissions, scope,
           allowed_addresses AS "allowedAddresses", rate_limit AS "rateLimit", expires_at AS "expiresAt",
           revoked_at AS "revokedAt", last_used_at AS "lastUsedAt", last_used_address AS "lastUsedAddress"
      FROM (VALUES (1)) AS door LEFT JOIN api_keys key ON key.prefix = ${prefix}`;
  if (!row) throw new Error("the door has one row");
  return { rules: row.rules, key: row.id === null ? undefined : row };
});

function fromAllowed(allowed: string[], address: string | null): boolean {
  if (allowed.length === 0) return true;
  const list = parseAddressList(allowed.join(","));
  return list.ok && address !== null && addressIn(list.ranges, address);
}

function invalid(message: string): AppError {
  return new AppError("unauthenticated", message, { reason: "key_invalid" });
}

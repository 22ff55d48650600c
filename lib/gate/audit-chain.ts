import { createHmac } from "node:crypto";
import { canonicalJson } from "@/lib/kernel/canonical";

/** What a link of the audit trail says; everything of it is covered by its hash. */
export type AuditRow = {
  id: bigint;
  operation: string;
  actorKind: string;
  actorId: string | null;
  actor: string;
  outcome: string;
  reason: string | null;
  target: string | null;
  input: unknown;
  before: unknown;
  after: unknown;
  requestId: string;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Date;
};

/** Where the trail ends, and after which id its chain began. */
export type AuditEnd = { seq: bigint; hash: string; since: bigint };

/** The hash of a link: HMAC-SHA-256 (RFC 2104) of the hash before it and of the row in canonical JSON. */
export function linkHash(key: string, previous: string, row: AuditRow): string {
  const { id, createdAt, ...rest } = row;
  const text = canonicalJson({ ...rest, id: String(id), createdAt: createdAt.toISOString() });
  return createHmac("sha256", key).update(`${previous}\n${text}`).digest("hex");
}

/** What proves that the end of the trail was written by Tenantry: without it, the newest rows could be cut off. */
export function endMac(key: string, { seq, hash, since }: AuditEnd): string {
  return createHmac("sha256", key).update(`end ${seq} ${hash} ${since}`).digest("hex");
}

import type { TenantStatus } from "@/lib/platform/generated/enums";

/** What the runtime knows of a tenant: who it is, whether it may be served, and where its database is. */
export type RuntimeTenant = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: string;
  readonly status: TenantStatus;
  /** Where to connect: the server, or the pooler before it. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Whether a pooler stands there, and for how long it lends a connection. */
  readonly pooling: "none" | "session" | "transaction";
  readonly database: string;
  readonly role: string;
  /** The sealed password of the role: an envelope, never the password. */
  readonly secret: string;
  /** While the password is being changed: the next one, sealed. The role has one of the two. */
  readonly nextSecret: string | null;
  /** While the tenant's app is being worked on; null when it is not. */
  readonly maintenance: Maintenance | null;
};

/** What an app in maintenance tells its visitors, and who is served nevertheless. */
export type Maintenance = {
  readonly message: string;
  /** Networks (CIDR) that are served as ever. */
  readonly allow: readonly string[];
  /** SHA-256 (hex) of the token with which anybody is served as ever. */
  readonly bypassHash: string;
  /** What Retry-After says, in seconds. */
  readonly retryAfter: number;
  /** When it ends by itself (ISO 8601); null: when somebody ends it. */
  readonly until: string | null;
};

/**
 * Two records of a tenant with equal addresses can share connections; any difference closes the old ones. The secret
 * is left out: sealing it again changes the envelope and nothing else, and open connections don't need it.
 */
export function addressOf(tenant: RuntimeTenant): string {
  return JSON.stringify([tenant.host, tenant.port, tenant.tls, tenant.pooling, tenant.database, tenant.role]);
}

/** Whether two records of a tenant hold the same passwords: what refused one would refuse the other. */
export function sameSecrets(one: RuntimeTenant, other: RuntimeTenant): boolean {
  return one.secret === other.secret && one.nextSecret === other.nextSecret;
}

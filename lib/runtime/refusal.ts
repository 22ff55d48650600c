import { AppError, type ErrorCode, problems } from "@/lib/kernel/errors";
import type { TenantStatus } from "@/lib/platform/generated/enums";
import type { RuntimeTenant } from "./tenant";

/** Why a request is not served: the tenant's status, its maintenance, or that there is no such tenant. */
export type Refusal = Exclude<TenantStatus, "active"> | "maintenance" | "unknown";

type Answer = { code: ErrorCode; message: string; retryAfter?: number };

/** What is said in place of the usual answer. */
export type RefusalWords = { status?: number; message?: string; retryAfter?: number; location?: string };

const answers: Record<Refusal, Answer> = {
  unknown: { code: "not_found", message: "Nobody lives at this address. Check it for a typing error." },
  deleted: { code: "not_found", message: "This account was closed." },
  deleting: { code: "not_found", message: "This account is being closed." },
  suspended: { code: "forbidden", message: "This account is suspended. Its owner can ask support to restore it." },
  blocked: { code: "forbidden", message: "This account is blocked. Its owner can ask support why." },
  inactive: { code: "unavailable", message: "This account is switched off for now.", retryAfter: 300 },
  provisioning: { code: "unavailable", message: "This account is being set up. Try again shortly.", retryAfter: 5 },
  failed: { code: "unavailable", message: "This account could not be set up yet. We are on it.", retryAfter: 60 },
  maintenance: { code: "unavailable", message: "This is being worked on and will be back shortly.", retryAfter: 300 },
};

/** A request that is answered without the tenant's database: 404, 403 or 503 with the seconds to wait. */
export class TenantRefusal extends AppError {
  readonly refusal: Refusal;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** Where to send the visitor instead; undefined for an answer that stands for itself. */
  readonly location: string | undefined;
  /** Whose request it was; null for an unknown host. */
  readonly tenantId: string | null;

  constructor(refusal: Refusal, tenantId: string | null = null, words: RefusalWords = {}) {
    const { code, message, retryAfter } = { ...answers[refusal], ...words };
    super(code, message, { reason: refusal, ...(retryAfter !== undefined && { retryAfter }) });
    this.refusal = refusal;
    this.location = words.location;
    this.status = words.location === undefined ? (words.status ?? problems[code].status) : 302;
    this.tenantId = tenantId;
  }
}

/** Passes an active tenant on; throws the refusal for every other, and for none. */
export function admit(tenant: RuntimeTenant | null): RuntimeTenant {
  if (tenant === null) throw new TenantRefusal("unknown");
  if (tenant.status !== "active") throw new TenantRefusal(tenant.status, tenant.id);
  return tenant;
}

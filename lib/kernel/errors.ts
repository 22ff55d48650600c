/** What can go wrong, in thirteen words that every door translates. */
export type ErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "not_acceptable"
  | "conflict"
  | "changed"
  | "too_large"
  | "unsupported_media"
  | "limit"
  | "unavailable"
  | "internal";

/** A field's name (dotted path) to what is wrong with its value. */
export type FieldErrors = Record<string, string>;

type AppErrorOptions = {
  cause?: unknown;
  fields?: FieldErrors;
  /** Seconds after which trying again may help. */
  retryAfter?: number;
  /** A stable, fixed word that programs can tell apart, such as "code_required". */
  reason?: string;
  /** What a step-up has to be bound to, with the reason "step_up_required". */
  confirm?: string;
  /** True when the attempt belongs into the audit trail, where the code alone would not bring it. */
  audited?: true;
};

/** An error whose message is meant for the person who caused it: what happened, why, what to do. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: FieldErrors | undefined;
  readonly retryAfter: number | undefined;
  readonly reason: string | undefined;
  readonly confirm: string | undefined;
  readonly audited: boolean;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
    this.reason = options.reason;
    this.confirm = options.confirm;
    this.audited = options.audited ?? false;
  }
}

/** "Not found" to the caller, because it may not know of it; the audit trail tells that it was refused. */
export class HiddenError extends AppError {
  constructor(message: string) {
    super("not_found", message);
  }
}

/** The address that says what problems of a code are: their `type`, a URI reference that resolves against the request's. */
export function problemType(code: ErrorCode): string {
  return `/api/tenancy/problems/${code}`;
}

/** HTTP status and title of each code (RFC 9457 problem details). */
export const problems = {
  invalid: { status: 422, title: "The input is not valid" },
  unauthenticated: { status: 401, title: "Sign-in needed" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  not_acceptable: { status: 406, title: "Not in that form" },
  conflict: { status: 409, title: "Conflict" },
  changed: { status: 412, title: "Changed meanwhile" },
  too_large: { status: 413, title: "Too large" },
  unsupported_media: { status: 415, title: "Not a form that is read here" },
  limit: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
  internal: { status: 500, title: "Something went wrong here" },
} as const satisfies Record<ErrorCode, { status: number; title: string }>;

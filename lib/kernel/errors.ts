/** What can go wrong, in eight words that every door translates. */
export type ErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
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
};

/** An error whose message is meant for the person who caused it: what happened, why, what to do. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: FieldErrors | undefined;
  readonly retryAfter: number | undefined;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
    this.reason = options.reason;
  }
}

/** HTTP status and title of each code (RFC 9457 problem details). */
export const problems = {
  invalid: { status: 422, title: "The input is not valid" },
  unauthenticated: { status: 401, title: "Sign-in needed" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Conflict" },
  limit: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
  internal: { status: 500, title: "Something went wrong here" },
} as const satisfies Record<ErrorCode, { status: number; title: string }>;

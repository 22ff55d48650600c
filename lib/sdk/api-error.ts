/** What the API says of a failure (RFC 9457 problem details, as far as programs need it). */
export type Problem = {
  code?: string;
  detail?: string;
  reason?: string;
  confirm?: string;
  errors?: Record<string, string>;
  requestId?: string;
  /** Seconds. */
  retryAfter?: number;
};

/** A request that did not do what it should. Its message is meant for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The answer's HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** One of the API's fixed words; "unreachable" when there was no answer. */
  readonly code: string;
  readonly detail: string;
  /** Each field that needs another look, and what is wrong with it. */
  readonly errors: Record<string, string>;
  /** A fixed word that tells some failures apart, such as "step_up_required". */
  readonly reason: string | null;
  /** The id under which the installation's log has the request. */
  readonly requestId: string | null;
  /** Seconds after which trying again may help. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem, options?: { cause: unknown }) {
    const detail = problem.detail ?? `The API answered with status ${status}.`;
    super(detail, options);
    this.status = status;
    this.code = problem.code ?? "unknown";
    this.detail = detail;
    this.errors = problem.errors ?? {};
    this.reason = problem.reason ?? null;
    this.requestId = problem.requestId ?? null;
    this.retryAfter = problem.retryAfter ?? null;
  }
}

/** Nothing answered at that address. */
export function unreachable(url: string, cause: unknown): ApiError {
  const reason = cause instanceof Error && cause.cause instanceof Error ? wordsOf(cause.cause) : String(cause);
  return new ApiError(0, { code: "unreachable", detail: `${url} can't be reached (${reason}).` }, { cause });
}

function wordsOf(error: Error): string {
  return error.message || ("code" in error ? String(error.code) : error.name);
}

/** What an answer says went wrong. Something in between may have answered, and not in our words. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const told = typeof body === "object" && body !== null && "code" in body ? (body as Problem) : {};
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return { ...(Number.isFinite(seconds) && { retryAfter: seconds }), ...told };
}

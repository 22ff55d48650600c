import { type Contract, fillPath, type InputOf, type OutputOf } from "@/lib/kernel/contract";
import { AppError, type ErrorCode, type FieldErrors, problems } from "@/lib/kernel/errors";
import { noteServerDate } from "./now";

type CallOptions = { signal?: AbortSignal; idempotencyKey?: string };

type Problem = {
  code?: string;
  detail?: string;
  reason?: string;
  confirm?: string;
  errors?: FieldErrors;
  requestId?: string;
  retryAfter?: number;
};

/** An error that the API told us, with the id under which its log can be found. */
export class CallError extends AppError {
  readonly requestId: string | undefined;

  constructor(status: number, problem: Problem) {
    const code = codeOf(status, problem.code);
    super(code, problem.detail ?? problems[code].title, {
      ...(problem.errors && { fields: problem.errors }),
      ...(problem.reason !== undefined && { reason: problem.reason }),
      ...(problem.confirm !== undefined && { confirm: problem.confirm }),
      ...(problem.retryAfter !== undefined && { retryAfter: problem.retryAfter }),
    });
    this.requestId = problem.requestId;
  }
}

/** Calls an operation of the REST API by its contract. */
export async function call<C extends Contract>(
  contract: C,
  input: InputOf<C>,
  options: CallOptions = {},
): Promise<OutputOf<C>> {
  return await answerOf(contract, await send(contract, Object(input), options));
}

/** What an operation answered. Throws what the API says is wrong. */
export async function answerOf<C extends Contract>(contract: C, response: Response): Promise<OutputOf<C>> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response, body);
  return (await contract.output.parseAsync(body)) as OutputOf<C>;
}

/** What an answer that is not ok says is wrong. */
export async function problemOf(response: Response): Promise<CallError> {
  return errorOf(response, await response.json().catch(() => null));
}

function errorOf(response: Response, body: unknown): CallError {
  return new CallError(response.status, isProblem(body) ? body : {});
}

async function send(contract: Contract, input: Record<string, unknown>, options: CallOptions): Promise<Response> {
  const { path, used } = fillPath(contract.path, input);
  // A form may hold more than its operation takes, and the API refuses what it does not know.
  const { shape = input } = contract.input as { shape?: object };
  const rest = Object.entries(input).filter(([name, value]) => !used.has(name) && name in shape && value !== undefined);
  const inQuery = contract.method === "GET" || contract.method === "DELETE";
  const headers = new Headers({ accept: "application/json" });
  if (!inQuery) headers.set("content-type", "application/json");
  if (options.idempotencyKey && contract.method === "POST") headers.set("idempotency-key", options.idempotencyKey);
  try {
    const response = await fetch(inQuery ? path + queryString(rest) : path, {
      method: contract.method,
      headers,
      credentials: "same-origin",
      ...(options.signal && { signal: options.signal }),
      ...(!inQuery && { body: JSON.stringify(Object.fromEntries(rest)) }),
    });
    noteServerDate(response.headers.get("date"));
    return response;
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new AppError("unavailable", "Tenantry can't be reached. Check your connection and try again.", { cause });
  }
}

function queryString(entries: [string, unknown][]): string {
  const query = new URLSearchParams();
  for (const [name, value] of entries) for (const item of [value].flat()) query.append(name, String(item));
  return query.size > 0 ? `?${query}` : "";
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body;
}

function codeOf(status: number, code: string | undefined): ErrorCode {
  if (code !== undefined && Object.hasOwn(problems, code)) return code as ErrorCode;
  const match = Object.entries(problems).find(([, problem]) => problem.status === status);
  return (match?.[0] ?? "internal") as ErrorCode;
}

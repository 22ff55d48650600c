import { AppError, problems, problemType } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";

/** An error as RFC 9457 problem details. What is not meant for people becomes opaque, with the id to find it in the log. */
export function problem(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : unexpected(error, requestId);
  const { status, title } = problems[known.code];
  const body = {
    type: problemType(known.code),
    title,
    status,
    detail: known.message,
    code: known.code,
    ...(known.reason && { reason: known.reason }),
    ...(known.confirm && { confirm: known.confirm }),
    ...(known.fields && { errors: known.fields }),
    ...(known.retryAfter !== undefined && { retryAfter: known.retryAfter }),
    requestId,
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (known.retryAfter !== undefined) headers.set("retry-after", String(known.retryAfter));
  return new Response(JSON.stringify(body), { status, headers });
}

/** Logs an error that is not meant for people, and puts in its place one that is, with the id to find it by. */
export function unexpected(error: unknown, requestId: string): AppError {
  if (isLeft(error)) {
    log().debug({ requestId }, "the sender left before the answer");
    return new AppError("invalid", "The request ended before it had arrived whole.");
  }
  log().error({ requestId, error: told(error) }, "a request failed");
  if (isDatabaseDown(error)) {
    return new AppError("unavailable", "The control database does not answer. Try again in a moment.", {
      retryAfter: 5,
    });
  }
  return new AppError("internal", `Something went wrong here. The log has it under ${requestId}.`);
}

/** Whether it only says that the sender has gone: Node's word for a body that breaks off, the web's, and Next's. */
function isLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "AbortError" || error.name === "ResponseAborted" || error.message === "aborted";
}

/** An error for the log. Prisma's messages quote the values of the query, secrets among them: of those, the end only. */
export function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!error.name.startsWith("PrismaClient")) return error.stack ?? error.message;
  const reason = error.name === "PrismaClientValidationError" ? "the query is not valid" : lastLine(error.message);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`${error.name}: ${reason}`, ...frames].join("\n");
}

function lastLine(message: string): string {
  return message.trim().split("\n").at(-1) ?? "";
}

const downCodes =
  /ECONNREFUSED|ECONNRESET|57P0[123]|53300|55P03|25P03|P1001|P1002|P1008|P1017|P2024|P2028|Connection terminated|not queryable|timeout exceeded|Query read timeout|not done after/;

function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return downCodes.test(`${code} ${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`);
}

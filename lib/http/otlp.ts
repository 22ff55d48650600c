import type { NextRequest } from "next/server";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { recordRefusal } from "@/lib/gate/refusals";
import { ingestMetricsContract } from "@/lib/ingest/contract";
import { type Encoding, encoded, encodingOf, readMessage, unsupportedReason } from "@/lib/ingest/encoding";
import { ingestMetrics } from "@/lib/ingest/ingest-metrics";
import { AppError, type ErrorCode, problems } from "@/lib/kernel/errors";
import { unexpected } from "./problem";
import { answer } from "./route";

/** `POST /v1/metrics`: OTLP's own door, which answers in the encoding that it was asked in. */
export async function otlpMetricsRoute(request: NextRequest): Promise<Response> {
  const encoding = encodingOf(request.headers.get("content-type")) ?? "application/json";
  return await answer(
    request,
    async (ctx) => {
      await letIn(ctx);
      const output = await ingestMetrics(ctx, await readMessage(request));
      return reply(encoding, "Response", output, 200);
    },
    (error, requestId) => failure(encoding, error, requestId),
  );
}

async function letIn(ctx: Ctx): Promise<void> {
  const refusal = refuse(ingestMetricsContract, ctx.actor);
  if (!refusal) return;
  await recordRefusal(ctx, ingestMetricsContract.id, {}, refusal);
  throw refusal;
}

/** google.rpc's codes. Senders try again after 429 and 503, and give up after all others. */
const codes: Record<ErrorCode, number> = {
  ...{ invalid: 3, too_large: 3, not_acceptable: 3, unsupported_media: 3, unauthenticated: 16, forbidden: 7 },
  ...{ not_found: 5, conflict: 9, changed: 9, method_not_allowed: 12 },
  ...{ limit: 8, unavailable: 14, internal: 13 },
};

function failure(encoding: Encoding, error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : unexpected(error, requestId);
  const response = reply(encoding, "Status", { code: codes[known.code], message: known.message }, statusOf(known));
  if (known.retryAfter !== undefined) response.headers.set("retry-after", String(known.retryAfter));
  return response;
}

/** What can't be read is 400 in OTLP. */
function statusOf({ code, reason }: AppError): number {
  if (reason === unsupportedReason) return 415;
  return code === "invalid" ? 400 : problems[code].status;
}

function reply(encoding: Encoding, name: "Response" | "Status", value: object, status: number): Response {
  return new Response(encoded(encoding, name, value) as BodyInit, { status, headers: { "content-type": encoding } });
}

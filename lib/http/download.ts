import type { NextRequest } from "next/server";
import { type Operation, perform } from "@/lib/gate/operation";
import type { Contract } from "@/lib/kernel/contract";
import type { Download, downloadShape } from "@/lib/kernel/download";
import { log } from "@/lib/platform/log";
import { endOf } from "./deprecation";
import { type Handlers, methods } from "./methods";
import { answer, readGiven } from "./route";

/** An operation that answers with a file. */
export type DownloadOperation<C extends Contract = Contract> = Operation<C & { output: typeof downloadShape }>;

/** The handlers of a URL that answers with a file, made while it is sent and no faster than it is read. */
export function download<C extends Contract>(op: DownloadOperation<C>): Handlers {
  return methods({ GET: async (request, { params }) => await send(op as Operation, request, await params) });
}

async function send(op: Operation, request: NextRequest, params: Record<string, string>): Promise<Response> {
  return await answer(request, async (ctx, version) => {
    ctx.reply.headers = { ...ctx.reply.headers, ...endOf(op.contract) };
    const { input } = await readGiven(ctx, op.contract, request, params, version);
    const file = (await perform(op, ctx, input)) as Download;
    return new Response(body(file.chunks, ctx.requestId), {
      headers: {
        "content-type": file.contentType,
        ...(file.bytes !== undefined && { "content-length": String(file.bytes) }),
        "content-disposition": `attachment; filename="${file.fileName}"`,
        // no-transform keeps Next from compressing, which would hold the file back.
        "cache-control": "no-store, no-transform",
        "x-content-type-options": "nosniff",
      },
    });
  });
}

const encoder = new TextEncoder();

function body(chunks: Download["chunks"], requestId: string): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await chunks.next();
          if (next.done) controller.close();
          else controller.enqueue(typeof next.value === "string" ? encoder.encode(next.value) : next.value);
        } catch (error) {
          // The status has been sent: the connection breaks, so that nobody takes the part for the whole.
          log().error({ requestId, error: String(error) }, "a download failed midway");
          controller.error(error);
        }
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 1 },
  );
}

import type { NextRequest } from "next/server";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { jsonOf } from "@/lib/gate/lasting";
import { type Operation, perform } from "@/lib/gate/operation";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { checkAccept } from "./accept";
import { type Handler, type Handlers, methods } from "./methods";
import { answer } from "./route";

/** Takes a body to where it is kept while it comes; what it returns is the operation's input. */
type Take = (ctx: Ctx, body: AsyncIterable<Uint8Array>, length: number | null) => Promise<object>;

/** The handlers of a URL that takes a file as it is. Nothing of it is read from whoever may not send it. */
export function upload<C extends Contract>(op: Operation<C>, take: Take): Handlers {
  const post: Handler = async (request) => await send(op as Operation, request, take);
  return methods({ POST: post });
}

async function send(op: Operation, request: NextRequest, take: Take): Promise<Response> {
  return await answer(request, async (ctx) => {
    const { contract } = op;
    const received = refuse(contract, ctx.actor) ? {} : await receiveBody(ctx, contract, request, take);
    const body = jsonOf(await perform(op, ctx, received));
    return new Response(body, { status: contract.status ?? 200, headers: { "content-type": "application/json" } });
  });
}

async function receiveBody(ctx: Ctx, contract: Contract, request: Request, take: Take): Promise<object> {
  checkAccept(contract, request.headers);
  const { takes = [] } = contract;
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const packed = (request.headers.get("content-encoding") ?? "identity") !== "identity";
  if (!takes.includes(type) || packed)
    throw new AppError("unsupported_media", `Send the file as it is, with a Content-Type of ${takes.join(" or ")}.`);
  const length = request.headers.get("content-length");
  return await take(ctx, request.body ?? empty(), length === null ? null : Number(length));
}

async function* empty(): AsyncGenerator<Uint8Array, void, undefined> {}

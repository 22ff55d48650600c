import type { NextRequest } from "next/server";
import { listRunsContract } from "@/lib/bulk/contract";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { recordRefusal } from "@/lib/gate/refusals";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { liveStreamContract, liveTopics } from "@/lib/metrics/contract";
import { openStream } from "@/lib/metrics/sse";
import { checkAccept } from "./accept";
import { readInput } from "./input";
import { answer } from "./route";

/** `GET /api/tenancy/stream`: the live stream (server-sent events). */
export async function streamRoute(request: NextRequest): Promise<Response> {
  return await answer(request, async (ctx) => {
    try {
      return await open(request, ctx);
    } catch (error) {
      await recordRefusal(ctx, liveStreamContract.id, {}, error);
      throw error;
    }
  });
}

async function open(request: NextRequest, { actor, ipAddress }: Ctx): Promise<Response> {
  const refusal = refuse(liveStreamContract, actor);
  if (refusal) throw refusal;
  checkAccept(liveStreamContract, request.headers);
  const { topics: asked } = await readInput(liveStreamContract, request, {});
  const topics = liveTopics.safeParse(asked ?? "fleet");
  if (!topics.success) {
    const fields = { topics: "Name topics as fleet, activities, tenants, bulk or tenant:<id>, with commas between." };
    throw new AppError("invalid", "The topics are not known.", { fields });
  }
  const ofRuns = topics.data.includes("bulk") ? refuse(listRunsContract, actor) : undefined;
  if (ofRuns) throw ofRuns;
  return await openStream({
    topics: topics.data,
    lastEventId: request.headers.get("last-event-id"),
    actor,
    ipAddress,
    signal: request.signal,
    clock: systemClock,
  });
}

import type { Ctx } from "@/lib/gate/context";
import { recordRefusal } from "@/lib/gate/refusals";
import { AppError } from "@/lib/kernel/errors";
import { isOwnOrigin } from "@/lib/platform/hosts";

/**
 * The cookie signs in whoever sends it, so a page of another origin (a tenant's app, say) must not send for its
 * visitor: a change must come from a page of this console, or from a program, which names no origin.
 */
export async function checkOrigin(request: Request, ctx: Ctx): Promise<void> {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if ((origin === null || isOwnOrigin(origin)) && (site === null || site === "same-origin" || site === "none")) return;
  const error = new AppError("forbidden", "This request came from a page of another site and was not carried out.");
  await recordRefusal(ctx, "request.origin", {}, error);
  throw error;
}

import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { askerOf } from "./asker";
import { createReportContract } from "./contract";
import { findReport } from "./find-report";
import { allowedKind, parseInput } from "./parse-input";
import { queueReport } from "./queue-report";
import { reportView } from "./view";

/** How many reports that are not finished one asker may have. */
const mostOpen = 20;

/** Writes down that somebody wants a report; the worker makes it with the rights that they have then. */
export const createReport = operation(createReportContract, async (ctx, { kind: name, input: raw, title }) => {
  const { actor } = ctx;
  if (actor.kind === "nobody") throw new AppError("unauthenticated", "Sign in first.");
  const kind = allowedKind(actor, name);
  const input = parseInput(kind, raw);
  const asker = askerOf(actor);
  // Those who ask at once are counted one after the other.
  await ctx.db
    .$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`reports of ${asker.id ?? asker.name}`}, 0))`;
  const open = await ctx.db.report.count({
    where: { askedBy: asker.name, askedById: asker.id, status: { in: ["waiting", "running"] } },
  });
  if (open >= mostOpen)
    throw new AppError("limit", `${open} reports of yours are not finished. Wait for them, or cancel some.`, {
      retryAfter: 60,
    });
  const wanted = { kind, input, title: title ?? kind.title(input as never), asker };
  const { id } = await queueReport(ctx.db, wanted, ctx.now());
  return reportView(await findReport(ctx, id));
});

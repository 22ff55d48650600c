import { type Actor, type Ctx, scopeOf } from "@/lib/gate/context";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { scopeShape, scopeWithin } from "@/lib/kernel/scope";
import type { Prisma } from "@/lib/platform/prisma";
import type { RunStatus } from "./shapes";

export type RunRow = Prisma.BulkRunGetPayload<object>;

const unknown = "There is no such bulk run.";

/** A run's row. Throws `not_found` for one that is unknown, or was planned with a scope beyond the actor's. */
export async function findRun({ db, actor }: Pick<Ctx, "db" | "actor">, id: string): Promise<RunRow> {
  const run = await db.bulkRun.findUnique({ where: { id } });
  if (!run) throw new AppError("not_found", unknown);
  if (!reaches(actor, run)) throw new HiddenError(unknown);
  return run;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockRun(asking: Pick<Ctx, "db" | "actor">, id: string): Promise<RunRow> {
  await findRun(asking, id);
  await asking.db.$queryRaw`SELECT 1 FROM bulk_runs WHERE id = ${id}::uuid FOR UPDATE`;
  return await findRun(asking, id);
}

/** Whether an actor may know of a run. */
export function reaches(actor: Actor, { scope }: Pick<RunRow, "scope">): boolean {
  return scopeWithin(scopeShape.parse(scope), scopeOf(actor));
}

/** Refuses what a run's status does not allow; `done` is the participle of what was asked for. */
export function expectStatus({ status }: RunRow, allowed: readonly RunStatus[], done: string): void {
  if (allowed.includes(status)) return;
  throw new AppError("conflict", `This run can't be ${done}: it is ${status.replace("_", " ")}.`);
}

import { type Actor, actorId, actorName, type Ctx, scopeOf } from "@/lib/gate/context";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { covers } from "@/lib/kernel/permissions";
import { type Scope, scopeShape, scopeWithin } from "@/lib/kernel/scope";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { kindNamed, kinds } from "./kinds";
import { refuseKind } from "./parse-input";

export type ReportRow = Prisma.ReportGetPayload<{ include: typeof include }>;

const include = { mails: { orderBy: { address: "asc" } }, schedule: { select: { id: true, name: true } } } as const;
const unknown = "There is no such report.";

/** A report's row. Throws `not_found` for one that is unknown, or tells what the actor may not know. */
export async function findReport({ db, actor }: Pick<Ctx, "db" | "actor">, id: string): Promise<ReportRow> {
  const report = await db.report.findUnique({ where: { id }, include });
  if (!report) throw new AppError("not_found", unknown);
  if (!maySee(actor, report)) throw new HiddenError(unknown);
  return report;
}

/** Reports of these ids, in any order, whoever may see them. */
export async function readReports(db: Db, ids: string[]): Promise<ReportRow[]> {
  return await db.report.findMany({ where: { id: { in: ids } }, include });
}

/** The same as `findReport`, and nobody else can change the row until the transaction ends. */
export async function lockReport(asking: Pick<Ctx, "db" | "actor">, id: string): Promise<ReportRow> {
  await findReport(asking, id);
  await asking.db.$queryRaw`SELECT 1 FROM reports WHERE id = ${id}::uuid FOR UPDATE`;
  return await findReport(asking, id);
}

/** Refuses an actor who did not ask for a report and does not look after reports: done is the participle of what is asked. */
export function checkOwn(actor: Actor, { askedBy, askedById }: ReportRow, done: string): void {
  if (actor.kind === "system" || (actorId(actor) === askedById && actorName(actor) === askedBy)) return;
  if (actor.kind !== "nobody" && actor.permissions.includes("reports:schedule")) return;
  throw new AppError("forbidden", `This report of ${askedBy} can be ${done} by them, or with reports:schedule.`);
}

type Told = { kind: string; scope: unknown; rights?: readonly string[] };

/** Whether an actor may know of a report, or of a schedule: of all that it tells, and of the tenants that it tells of. */
export function maySee(actor: Actor, { kind: name, scope, rights = [] }: Told): boolean {
  const kind = kindNamed(name);
  if (actor.kind !== "system" && !(actor.kind !== "nobody" && covers(actor.permissions, rights))) return false;
  // A kind of another version of Tenantry: only for those who may see everything.
  if (!kind) return scopeOf(actor).kind === "all";
  return refuseKind(kind, actor) === undefined && scopeWithin(scopeShape.parse(scope), scopeOf(actor));
}

/** The same rule as a condition over `reports` under the name `r`. */
export function visibleReports(actor: Actor): Prisma.Sql {
  if (actor.kind === "system") return visibleKinds(actor);
  const held = actor.kind === "nobody" ? [] : [...actor.permissions];
  return Prisma.sql`(r.rights <@ ${held}::text[] AND ${visibleKinds(actor)})`;
}

/** Of that rule what is about the columns `kind` and `scope` alone. */
export function visibleKinds(actor: Actor): Prisma.Sql {
  const scope = scopeOf(actor);
  const hidden = kinds.filter((kind) => refuseKind(kind, actor) !== undefined).map(({ name }) => name);
  if (scope.kind === "all") return Prisma.sql`NOT (r.kind = ANY(${hidden}::text[]))`;
  const known = kinds.map(({ name }) => name).filter((name) => !hidden.includes(name));
  return Prisma.sql`(r.kind = ANY(${known}::text[]) AND ${scopeWithinSql(scope)})`;
}

function scopeWithinSql(scope: Exclude<Scope, { kind: "all" }>): Prisma.Sql {
  return Prisma.sql`r.scope->>'kind' = ${scope.kind} AND r.scope->'values' <@ ${JSON.stringify(scope.values)}::jsonb`;
}

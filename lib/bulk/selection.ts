import { z } from "zod";
import { type Ctx, scopeOf } from "@/lib/gate/context";
import { scopeSql } from "@/lib/gate/visible";
import { AppError } from "@/lib/kernel/errors";
import type { Scope } from "@/lib/kernel/scope";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { tenantFilter } from "@/lib/tenants/shapes";

const filterShape = z.object(tenantFilter);

/** Which tenants were asked for, as a run is stored with it: a saved filter stands in it as it was that day. */
export const selectionStored = z.union([
  z.object({ undoOf: z.uuid() }),
  z.object({ tenants: z.array(z.uuid()), except: z.array(z.uuid()) }),
  z.object({ filter: filterShape, saved: z.string().optional(), except: z.array(z.uuid()) }),
]);
export type Selection = z.infer<typeof selectionStored>;
type OfTenants = Exclude<Selection, { undoOf: string }>;

type Asked = {
  tenants?: string[] | undefined;
  filter?: z.output<typeof filterShape> | undefined;
  savedFilter?: string | undefined;
  except: string[];
};

/** What was asked for, ready to be stored. Ids that can't be found are refused, and those out of reach are audited. */
export async function readSelection(ctx: Ctx, { tenants, filter, savedFilter, except }: Asked): Promise<OfTenants> {
  if (filter) return { filter, except };
  if (!savedFilter) return { tenants: await knownTenants(ctx, tenants ?? []), except };
  const saved = await ctx.db.savedFilter.findUnique({ where: { id: savedFilter } });
  if (!saved) throw wrong("savedFilter", "There is no such saved filter. It may have been removed.");
  return { filter: filterShape.parse(saved.filter), saved: saved.name, except };
}

async function knownTenants({ db, actor }: Ctx, wanted: string[]): Promise<string[]> {
  const ids = [...new Set(wanted.map((id) => id.toLowerCase()))].sort();
  const [found] = await db.$queryRaw<{ known: number; within: number }[]>`
    SELECT count(*)::int AS known, count(*) FILTER (WHERE ${scopeSql(scopeOf(actor))})::int AS within
      FROM tenants t WHERE t.id = ANY(${ids}::uuid[]) AND t.deleted_at IS NULL`;
  const { known = 0, within = 0 } = found ?? {};
  if (within === ids.length) return ids;
  const words = `${ids.length - within} of the ${ids.length} tenants can't be found. They may have been deleted.`;
  throw wrong("tenants", words, known > within);
}

function wrong(field: string, words: string, audited = false): AppError {
  return new AppError("invalid", words, { fields: { [field]: words }, ...(audited && { audited: true }) });
}

/** The rows `t` of `tenants` that are meant, of those within a scope. */
export function selectionSql(selection: OfTenants, scope: Scope): Prisma.Sql {
  const { except } = selection;
  const chosen =
    "tenants" in selection
      ? Prisma.sql`t.deleted_at IS NULL AND t.id = ANY(${selection.tenants}::uuid[])`
      : tenantCondition({ kind: "system", name: "plan" }, selection.filter);
  const but = except.length > 0 ? Prisma.sql` AND t.id <> ALL(${except}::uuid[])` : Prisma.empty;
  return Prisma.sql`(${chosen}) AND (${scopeSql(scope)})${but}`;
}

/** A selection for people. */
export function selectionWords(selection: Selection): string {
  if ("undoOf" in selection) return "what another run did";
  const but = selection.except.length > 0 ? `, without ${selection.except.length} that were left out` : "";
  if ("tenants" in selection) return `chosen one by one${but}`;
  const saved = selection.saved === undefined ? "" : `the saved filter "${selection.saved}": `;
  return `${saved}${filterWords(selection.filter)}${but}`;
}

function filterWords({ search, status, plan, region, tag, server, schema }: z.output<typeof filterShape>): string {
  const parts = [
    search && `matching "${search}"`,
    ...Object.entries({ status, plan, region, tag }).map(([name, values]) => list(name, values)),
    server && "on one server",
    schema !== undefined && `schema ${schema || "without a migration"}`,
  ].filter(Boolean);
  return parts.length === 0 ? "all within reach" : parts.join(", ");
}

function list(name: string, values: string[]): string {
  return values.length > 0 ? `${name} ${values.join(" or ")}` : "";
}

import type { Scope } from "@/lib/kernel/scope";
import { Prisma } from "@/lib/platform/prisma";
import { type Actor, scopeOf } from "./context";

/** The tenants that an actor may know of, as a condition of Prisma. The same rule as `inScope`. */
export function visibleTenants(actor: Actor): Prisma.TenantWhereInput {
  const scope = scopeOf(actor);
  if (scope.kind === "all") return { deletedAt: null };
  if (scope.kind === "tag") return { deletedAt: null, tags: { hasSome: scope.values } };
  return { deletedAt: null, [scope.kind]: { in: scope.values } };
}

/** The same as SQL, over a table `tenants` under the name `t`. */
export function visibleSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(t.deleted_at IS NULL AND ${scopeSql(scopeOf(actor))})`;
}

/** Whether a row `t` of `tenants` is within a scope, as SQL. */
export function scopeSql(scope: Scope): Prisma.Sql {
  if (scope.kind === "all") return Prisma.sql`true`;
  if (scope.kind === "tag") return Prisma.sql`t.tags && ${scope.values}::text[]`;
  return scope.kind === "region"
    ? Prisma.sql`t.region = ANY(${scope.values}::text[])`
    : Prisma.sql`t.plan = ANY(${scope.values}::text[])`;
}

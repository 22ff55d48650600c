import { z } from "zod";

const values = z
  .array(z.string().trim().min(1).max(60))
  .min(1, "Name at least one.")
  .max(50, "Name at most 50.")
  .overwrite((list) => [...new Set(list)].sort());

/** Which tenants somebody's rights reach: all of them, or those of some regions, some plans or some tags. */
export const scopeShape = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("all") }),
    z.object({ kind: z.enum(["region", "plan", "tag"]), values }),
  ])
  .meta({ id: "Scope" });
export type Scope = z.infer<typeof scopeShape>;

export const everything: Scope = { kind: "all" };

/** What a scope looks at in a tenant. */
export type Scoped = { region: string; plan: string; tags: readonly string[] };

/** Whether a tenant is within a scope. The same rule stands as SQL in `lib/gate/visible.ts`. */
export function inScope(scope: Scope, tenant: Scoped): boolean {
  if (scope.kind === "all") return true;
  if (scope.kind === "tag") return tenant.tags.some((tag) => scope.values.includes(tag));
  return scope.values.includes(tenant[scope.kind]);
}

/** Whether everything in `inner` is in `outer` for certain: only scopes of one kind can be compared. */
export function scopeWithin(inner: Scope, outer: Scope): boolean {
  if (outer.kind === "all") return true;
  if (inner.kind !== outer.kind) return false;
  return inner.values.every((value) => outer.values.includes(value));
}

/** A scope in words. */
export function scopeWords(scope: Scope): string {
  return scope.kind === "all" ? "all tenants" : `${scope.kind} ${scope.values.join(", ")}`;
}

/** How many tags a tenant may have. */
export const mostTags = 20;

/** A tenant's tags: short words in lower case, each once, in order. */
export const tagsShape = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,39}$/u, "A tag is a word of at most 40 letters, digits and . _ : -"),
  )
  .max(mostTags, `Use at most ${mostTags} tags.`)
  .transform((tags) => [...new Set(tags)].sort());

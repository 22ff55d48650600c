import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { mostTags, tagsShape } from "@/lib/kernel/scope";
import { Prisma } from "@/lib/platform/prisma";
import { changeFields } from "@/lib/tenants/edit-tenant";
import type { LockedTenant } from "@/lib/tenants/find";
import { type Outcome, quick, registryAction } from "../action";
import { going, outOfReach } from "../left-out";

const input = z
  .object({
    add: tagsShape.default([]).meta({ title: "Add", description: "tags that they get" }),
    remove: tagsShape.default([]).meta({ title: "Remove", description: "tags that they lose" }),
  })
  .refine(({ add, remove }) => add.length + remove.length > 0, { error: "Name a tag to add or remove.", path: ["add"] })
  .refine(({ add, remove }) => !add.some((tag) => remove.includes(tag)), {
    error: "A tag can't be both added and removed.",
    path: ["remove"],
  });

type Tags = z.output<typeof input>;

const savedShape = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

export const tag = registryAction({
  name: "tag",
  title: "Tag",
  summary: "Add tags to tenants, and take tags off them.",
  group: "settings",
  danger: "none",
  permission: "tenants:update",
  input,
  words: wordsOf,
  preview: ({ add, remove }, scope) => {
    const after = Prisma.sql`ARRAY(SELECT DISTINCT one FROM unnest(t.tags || ${add}::text[]) one WHERE one <> ALL(${remove}::text[]))`;
    const leaves = scope.kind === "tag" ? Prisma.sql`NOT ${after} && ${scope.values}::text[]` : Prisma.sql`false`;
    return {
      leaveOut: Prisma.sql`CASE
        WHEN t.tags @> ${add}::text[] AND NOT t.tags && ${remove}::text[] THEN ${unchanged}::text
        WHEN cardinality(${after}) > ${mostTags} THEN ${tooMany}::text
        WHEN ${leaves} THEN ${outOfReach}
        ELSE ${going} END`,
    };
  },
  defaults: quick,
  run: async (ctx, tenant, change) => {
    const changed = await retag(ctx, tenant, change);
    return changed ?? { status: "skipped", words: unchanged };
  },
  undo: {
    words: (given) => `Undo: ${wordsOf(given)}`,
    run: async (ctx, tenant, saved) => {
      const { added, removed } = savedShape.parse(saved);
      const changed = await retag(ctx, tenant, { add: removed, remove: added });
      return changed
        ? { status: changed.status, words: changed.words }
        : { status: "skipped", words: "Its tags are as they were before." };
    },
  },
});

const unchanged = "Its tags are like that already.";
const tooMany = `It would have more than ${mostTags} tags.`;

function wordsOf({ add, remove }: Tags): string {
  const parts = [add.length > 0 && `add ${add.join(", ")}`, remove.length > 0 && `remove ${remove.join(", ")}`];
  return `Tags: ${parts.filter(Boolean).join("; ")}`;
}

/** What really changed is what an undo takes back: tags that somebody else set meanwhile stay. */
async function retag(ctx: Ctx, tenant: LockedTenant, { add, remove }: Tags): Promise<Outcome | undefined> {
  const added = add.filter((one) => !tenant.tags.includes(one));
  const removed = remove.filter((one) => tenant.tags.includes(one));
  if (added.length + removed.length === 0) return undefined;
  const tags = [...tenant.tags.filter((one) => !removed.includes(one)), ...added].sort();
  if (tags.length > mostTags) return { status: "skipped", words: tooMany };
  await changeFields(ctx, tenant, { tags });
  const words = [...added.map((one) => `+${one}`), ...removed.map((one) => `−${one}`)].join(" ");
  return { status: "done", words, saved: { added, removed } };
}

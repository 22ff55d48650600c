import { count } from "@/components/ui/format";
import type { OutputOf } from "@/lib/kernel/contract";
import type { Scope } from "@/lib/kernel/scope";
import type { tenantFacetsContract } from "@/lib/tenants/contract";
import classes from "./reach.module.css";

/** The regions, plans and tags there are. */
export type Facets = OutputOf<typeof tenantFacetsContract>;
type PartScope = Exclude<Scope, { kind: "all" }>;

const facetOf = { region: "regions", plan: "plans", tag: "tags" } as const;

/** How many tenants a scope reaches, with a warning for each value that no tenant has. */
export function Reach({ scope: { kind, values }, facets }: { scope: PartScope; facets: Facets | undefined }) {
  if (!facets || values.length === 0) return null;
  const known = new Map(facets[facetOf[kind]].map(({ value, tenants }) => [value, tenants]));
  const nobody = values.filter((value) => !known.has(value));
  const sum = values.reduce((all, value) => all + (known.get(value) ?? 0), 0);
  // A tenant may have several of the tags, and is then in several of the counts.
  const atMost = kind === "tag" && values.length - nobody.length > 1 ? "at most " : "";
  return (
    <p className={classes.reach} role="status">
      Reaches {atMost}
      {count(sum)} {sum === 1 ? "tenant" : "tenants"} now.
      {nobody.length > 0 && (
        <span className={classes.nobody}>
          {" "}
          No tenant has the {kind} {nobody.join(", ")}.
        </span>
      )}
    </p>
  );
}

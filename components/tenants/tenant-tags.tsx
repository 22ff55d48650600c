"use client";

import { useQueryStates } from "nuqs";
import { Tags } from "@/components/ui/tags";
import { searchTenants } from "./search-tenants";

/** A tenant's tags in the list; a click on one narrows the list by it, too. */
export function TenantTags({ tags, most }: { tags: readonly string[]; most: number }) {
  const [view, setView] = useQueryStates({ tag: searchTenants.tag, page: searchTenants.page });
  return (
    <Tags tags={tags} most={most} onPick={(tag) => void setView({ tag: [...new Set([...view.tag, tag])], page: 1 })} />
  );
}

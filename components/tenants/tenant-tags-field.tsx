"use client";

import { useQuery } from "@tanstack/react-query";
import { tenantFacetsQuery } from "@/client/queries";
import { TagsField } from "@/components/ui/tags-field";

type TenantTagsFieldProps = Omit<Parameters<typeof TagsField>[0], "suggestions" | "spaces">;

/** A tenant's tags; those that other tenants have are suggested. */
export function TenantTagsField(field: TenantTagsFieldProps) {
  const { data } = useQuery(tenantFacetsQuery());
  return <TagsField {...field} suggestions={data?.tags.map(({ value }) => value) ?? []} />;
}

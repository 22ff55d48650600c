import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { tenantFilter } from "@/lib/tenants/shapes";

export const savedFilterView = z.object({
  id: z.uuid(),
  name: z.string(),
  filter: z.object(tenantFilter),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type SavedFilterView = z.infer<typeof savedFilterView>;

export const listFiltersContract = contract({
  id: "filters.list",
  method: "GET",
  path: "/api/tenancy/filters",
  summary: "List the saved filters of the tenants' list.",
  access: "tenants:read",
  scoped: true,
  input: z.object({}),
  output: z.object({ filters: z.array(savedFilterView) }),
});

export const saveFilterContract = contract({
  id: "filters.save",
  method: "POST",
  path: "/api/tenancy/filters",
  summary: "Save a filter of the tenants' list under a name; the same name again replaces one's own.",
  access: "tenants:read",
  scoped: true,
  status: 201,
  input: z.object({
    name: z.string().trim().min(1, "Give the filter a name.").max(60, "Use at most 60 characters."),
    filter: z.strictObject(tenantFilter),
  }),
  output: savedFilterView,
});

export const removeFilterContract = contract({
  id: "filters.remove",
  method: "DELETE",
  path: "/api/tenancy/filters/{id}",
  summary: "Remove a saved filter.",
  access: "tenants:read",
  scoped: true,
  input: z.object({ id: z.uuid("This is not a filter's id.") }),
  output: z.object({ id: z.uuid() }),
});

import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { tenantFilter } from "@/lib/tenants/shapes";

export const savedFilterView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    filter: z.object(tenantFilter),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "SavedFilter" });
export type SavedFilterView = z.infer<typeof savedFilterView>;

const id = z.object({ id: z.uuid("This is not a filter's id.") });
const filterName = z.string().trim().min(1, "Give the filter a name.").max(60, "Use at most 60 characters.");

export const listFiltersContract = contract({
  id: "filters.list",
  method: "GET",
  path: "/api/tenancy/filters",
  summary: "List the saved filters of the tenants' list.",
  access: "tenants:read",
  scoped: true,
  list: "filters",
  input: z.object({}),
  output: z.object({ filters: z.array(savedFilterView) }),
});

export const showFilterContract = contract({
  id: "filters.show",
  method: "GET",
  path: "/api/tenancy/filters/{id}",
  summary: "Show a saved filter.",
  access: "tenants:read",
  scoped: true,
  state: (filter) => filter,
  input: id,
  output: savedFilterView,
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
    name: filterName,
    filter: z.strictObject(tenantFilter),
  }),
  output: savedFilterView,
});

export const editFilterContract = contract({
  id: "filters.edit",
  method: "PATCH",
  path: "/api/tenancy/filters/{id}",
  summary: "Change a saved filter or its name: one's own, or with the right to change roles anybody's.",
  access: "tenants:read",
  scoped: true,
  guarded: true,
  input: id.extend({ name: filterName.optional(), filter: z.strictObject(tenantFilter).optional() }),
  output: savedFilterView,
});

export const removeFilterContract = contract({
  id: "filters.remove",
  method: "DELETE",
  path: "/api/tenancy/filters/{id}",
  summary: "Remove a saved filter.",
  access: "tenants:read",
  scoped: true,
  guarded: true,
  input: id,
  output: z.object({ id: z.uuid() }),
});

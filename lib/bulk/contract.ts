import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import {
  actionView,
  itemLogView,
  itemStatuses,
  itemView,
  mostItems,
  planShape,
  runDetail,
  runStatuses,
  runView,
  uuid,
} from "./shapes";

const id = z.object({ id: uuid });
const base = "/api/tenancy/bulk-runs";

export const listActionsContract = contract({
  id: "bulk.actions",
  method: "GET",
  path: "/api/tenancy/actions",
  summary: "List the actions that can be run over many tenants, with the shape of each one's input.",
  access: "bulk:read",
  scoped: true,
  list: "actions",
  input: z.object({}),
  output: z.object({ actions: z.array(actionView) }),
});

/** The contract by which the browser plans a run of any action; each action's own is stricter about `input`. */
export const planRunContract = contract({
  id: "bulk.plan",
  method: "POST",
  path: "/api/tenancy/actions/bulk-{action}",
  summary: "Plan a bulk run: the exact tenants, with warnings. Nothing is done before it is confirmed.",
  access: "bulk:read",
  scoped: true,
  status: 201,
  input: z.object({ ...planShape, action: z.string(), input: z.record(z.string(), z.unknown()).default({}) }),
  output: runView,
});

const runFilter = {
  status: z.array(z.enum(runStatuses)).default([]),
  action: z.array(z.string().max(40)).default([]),
};

/** The contract by which the browser runs an action on one tenant; each action's own is stricter about its fields. */
export const runTenantContract = contract({
  id: "tenants.run",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/actions/{action}",
  summary: "Run an action on one tenant: a bulk run of one, planned and confirmed at once.",
  access: "bulk:confirm",
  scoped: true,
  stepUp: "people",
  status: 202,
  input: id.extend({
    action: z.string(),
    seed: z.boolean().optional(),
    run: z.string().optional(),
    position: z.int().optional(),
    upload: z.string().optional(),
    replace: z.boolean().optional(),
  }),
  output: runView,
});

export const listRunsContract = contract({
  id: "bulk.list",
  method: "GET",
  path: base,
  summary: "List bulk runs, newest first.",
  access: "bulk:read",
  scoped: true,
  list: "runs",
  input: z.object({
    ...runFilter,
    tenant: uuid.optional().describe("runs with an item of this tenant"),
    ...pageInput(50),
  }),
  output: z.object({ runs: z.array(runView), next: z.string().nullable() }),
});

export const listTenantRunsContract = contract({
  id: "tenants.runs",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/runs",
  summary: "List the bulk runs that a tenant is or was a part of, newest first.",
  access: "bulk:read",
  scoped: true,
  list: "runs",
  input: id.extend({ ...runFilter, ...pageInput(50) }),
  output: z.object({ runs: z.array(runView), next: z.string().nullable() }),
});

export const showRunContract = contract({
  id: "bulk.show",
  method: "GET",
  path: `${base}/{id}`,
  summary: "Show a bulk run: its plan, its progress by wave, and the time left.",
  access: "bulk:read",
  scoped: true,
  input: id,
  output: runDetail,
});

/** What the list of a run's items may be sorted by. */
export const itemSorts = ["position", "slug", "startedAt", "finishedAt"] as const;

export const listItemsContract = contract({
  id: "bulk.items",
  method: "GET",
  path: `${base}/{id}/items`,
  summary: "List the tenants of a bulk run and what became of each.",
  access: "bulk:read",
  scoped: true,
  list: "items",
  input: id.extend({
    status: z.array(z.enum(itemStatuses)).default([]),
    wave: z.coerce.number().int().min(0).max(1).optional(),
    warned: z.stringbool().optional().describe("true: only items with a warning"),
    search: z.string().trim().max(200).default(""),
    position: z.coerce.number().int().min(0).max(mostItems).optional().describe("the one item at this position"),
    sort: z.enum(itemSorts).default("position"),
    order: z.enum(["asc", "desc"]).default("asc"),
    ...pageInput(50, 500),
  }),
  output: z.object({ items: z.array(itemView), total: z.int(), next: z.string().nullable() }),
});

export const itemLogContract = contract({
  id: "bulk.itemLog",
  method: "GET",
  path: `${base}/{id}/items/{position}/log`,
  summary: "List what happened while one tenant of a bulk run was worked on.",
  access: "bulk:read",
  scoped: true,
  list: "lines",
  input: id.extend({ position: z.coerce.number().int().min(0).max(mostItems) }),
  output: z.object({ lines: z.array(itemLogView) }),
});

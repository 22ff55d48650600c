import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { tenantFilter } from "@/lib/tenants/shapes";

export const runStatuses = [
  "planned",
  "awaiting_second",
  "running",
  "paused",
  "cancelling",
  "cancelled",
  "finished",
  "expired",
] as const;
export type RunStatus = (typeof runStatuses)[number];

/** The statuses of a run that comes to no further change by itself or by a person, but for a retry. */
export const endedStatuses: readonly RunStatus[] = ["cancelled", "finished", "expired"];

export const itemStatuses = ["pending", "running", "done", "skipped", "failed", "cancelled"] as const;
export type ItemStatus = (typeof itemStatuses)[number];

const time = z.iso.datetime();
const uuid = z.uuid("This is not an id.");

/** How many items a run may have. */
export const mostItems = 200_000;

const share = z.strictObject({ percent: z.number().min(0).max(100) });
const amount = z.strictObject({ count: z.int().min(0).max(mostItems) });

/** How a run goes about its items. A name that is not known is refused: a canary with a typo would be no canary. */
export const runOptions = z.strictObject({
  canary: z
    .union([
      amount,
      share,
      z.strictObject({ tag: z.string().min(1).max(40).describe("the tenants with this tag are the canary") }),
      z.null(),
    ])
    .describe("the first wave, alone: the rest begins once it went well; null: all at once")
    .optional(),
  pauseAfterCanary: z.boolean().default(false).describe("wait for a person after the canary, even if it went well"),
  concurrency: z.int().min(1).max(64).optional().describe("items at the same time on one server"),
  failureBudget: z
    .union([amount, share])
    .optional()
    .describe(
      "failed items that are put up with: of the canary while it runs, of all after it; one more pauses the run",
    ),
  timeoutSeconds: z.int().min(1).max(86_400).optional().describe("for one item"),
  attempts: z.int().min(1).max(10).optional().describe("for one item; only passing faults are tried again"),
});
export type RunOptions = z.infer<typeof runOptions>;

/** The same with what the action sets where nothing was asked for: what a run is stored with. */
export type SettledOptions = {
  canary: { count: number } | { percent: number } | { tag: string } | null;
  pauseAfterCanary: boolean;
  concurrency: number;
  failureBudget: { count: number } | { percent: number };
  timeoutSeconds: number;
  attempts: number;
};

const settledOptions = z.object({
  canary: z.union([amount, share, z.object({ tag: z.string() })]).nullable(),
  pauseAfterCanary: z.boolean(),
  concurrency: z.int(),
  failureBudget: z.union([amount, share]),
  timeoutSeconds: z.int(),
  attempts: z.int(),
});

/** Which tenants: by their ids, by a filter of the tenants' list, or by a saved one. Exactly one of the three. */
export const selectionShape = {
  tenants: z
    .array(uuid)
    .min(1, "Name at least one tenant.")
    .max(10_000, "Use a filter for more than 10,000.")
    .optional(),
  filter: z.strictObject(tenantFilter).optional().describe("as in the tenants' list; {} is all within reach"),
  savedFilter: uuid.optional().describe("the id of a saved filter"),
  except: z.array(uuid).max(10_000).default([]).describe("tenants to leave out of a filter"),
};

/** What every `POST …/actions/bulk-<action>` takes beside the action's own `input`. */
export const planShape = {
  ...selectionShape,
  options: runOptions.default({ pauseAfterCanary: false }),
  note: z.string().trim().max(500, "Use at most 500 characters.").default(""),
};

const counts = z.record(z.enum(itemStatuses), z.int());

export const waveView = z.object({
  wave: z.int().describe("0 is the canary, where there is one"),
  name: z.string(),
  total: z.int(),
  counts,
  state: z.enum(["waiting", "running", "done"]),
});
export type WaveView = z.infer<typeof waveView>;

const person = z.object({ name: z.string(), at: time }).nullable();

export const runView = z.object({
  id: uuid,
  action: z.string(),
  title: z.string().describe("the action and its input in words"),
  danger: z.enum(["none", "disruptive", "destructive"]),
  input: z.record(z.string(), z.unknown()),
  options: settledOptions,
  selection: z.string().describe("which tenants were asked for, in words"),
  note: z.string(),
  status: z.enum(runStatuses),
  reason: z.string().nullable().describe("why it is paused or was cancelled"),
  digest: z.string().describe("what a confirmation is bound to"),
  radius: z.array(z.string()).describe("what it will do, or did, in sentences"),
  total: z.int(),
  counts,
  plannedBy: z.string(),
  plannedAt: time,
  confirmed: person,
  second: person.describe("the second person, where two have to confirm"),
  needsSecond: z.boolean(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  undoOf: uuid.nullable(),
  undoneBy: uuid.nullable().describe("the newest run that undoes this one"),
  undoable: z.int().describe("items whose change can be taken back"),
});
export type RunView = z.infer<typeof runView>;

/** A run with what its page shows beside. */
export const runDetail = runView.extend({
  waves: z.array(waveView),
  warnings: z.array(z.object({ words: z.string(), tenants: z.int() })).describe("each warning, and of how many items"),
  waitsFor: z
    .array(z.object({ run: uuid, title: z.string(), tenants: z.int() }))
    .describe("other runs that work on some of the same tenants first"),
  perSecond: z.number().nullable().describe("items that come to an end a second, over the last minute of work"),
  secondsLeft: z.number().nullable().describe("at the pace so far, the canary's to begin with; null: not known"),
  mayConfirm: z.boolean().describe("whether the caller has the rights for it"),
  stale: z.int().describe("while planned: tenants that were changed since"),
});
export type RunDetail = z.infer<typeof runDetail>;

export const itemView = z.object({
  position: z.int(),
  tenant: z.object({ id: uuid, slug: z.string(), name: z.string() }),
  server: z.string(),
  wave: z.int(),
  status: z.enum(itemStatuses),
  warnings: z.array(z.string()),
  words: z.string().nullable(),
  attempts: z.int(),
  notBefore: time.nullable(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  undoable: z.boolean(),
  file: z.object({ name: z.string(), bytes: z.number() }).nullable().describe("what can be downloaded"),
});
export type ItemView = z.infer<typeof itemView>;

export const itemLogView = z.object({
  attempt: z.int(),
  level: z.enum(["info", "warning", "error"]),
  message: z.string(),
  at: time,
});

/** An action as people and programs choose it. `input` is a JSON Schema with `title` and `description` for each field. */
export const actionView = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  group: z.enum(["status", "schema", "settings", "maintenance", "removal"]),
  danger: z.enum(["none", "disruptive", "destructive"]),
  permission: z.string(),
  allowed: z.boolean().describe("whether the caller may plan it"),
  undoable: z.boolean(),
  twoPersons: z.boolean(),
  defaults: settledOptions,
  input: z.record(z.string(), z.unknown()),
});
export type ActionView = z.infer<typeof actionView>;

const id = z.object({ id: uuid });
const base = "/api/tenancy/bulk-runs";

export const listActionsContract = contract({
  id: "bulk.actions",
  method: "GET",
  path: "/api/tenancy/actions",
  summary: "List the actions that can be run over many tenants, with the shape of each one's input.",
  access: "bulk:read",
  scoped: true,
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

export const listRunsContract = contract({
  id: "bulk.list",
  method: "GET",
  path: base,
  summary: "List bulk runs, newest first.",
  access: "bulk:read",
  scoped: true,
  input: z.object({
    status: z.array(z.enum(runStatuses)).default([]),
    action: z.array(z.string().max(40)).default([]),
    tenant: uuid.optional().describe("runs with an item of this tenant"),
    before: uuid.optional().describe("the id of the last run of the page before"),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
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

export const listItemsContract = contract({
  id: "bulk.items",
  method: "GET",
  path: `${base}/{id}/items`,
  summary: "List the tenants of a bulk run and what became of each.",
  access: "bulk:read",
  scoped: true,
  input: id.extend({
    status: z.array(z.enum(itemStatuses)).default([]),
    wave: z.coerce.number().int().min(0).max(1).optional(),
    warned: z.stringbool().optional().describe("true: only items with a warning"),
    search: z.string().trim().max(200).default(""),
    after: z.coerce
      .number()
      .int()
      .min(-1)
      .max(mostItems)
      .default(-1)
      .describe("the position of the last item of the page before"),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  output: z.object({ items: z.array(itemView), total: z.int(), next: z.int().nullable() }),
});

export const itemLogContract = contract({
  id: "bulk.itemLog",
  method: "GET",
  path: `${base}/{id}/items/{position}/log`,
  summary: "List what happened while one tenant of a bulk run was worked on.",
  access: "bulk:read",
  scoped: true,
  input: id.extend({ position: z.coerce.number().int().min(0).max(mostItems) }),
  output: z.object({ lines: z.array(itemLogView) }),
});

export const confirmRunContract = contract({
  id: "bulk.confirm",
  method: "POST",
  path: `${base}/{id}/confirm`,
  summary: "Confirm a planned bulk run, by its digest: it begins.",
  access: "bulk:confirm",
  scoped: true,
  stepUp: "plan",
  input: id.extend({ digest: z.string().regex(/^[0-9a-f]{64}$/, "A digest has 64 hexadecimal digits.") }),
  output: runView,
});

export const replanRunContract = contract({
  id: "bulk.replan",
  method: "POST",
  path: `${base}/{id}/replan`,
  summary: "Make the plan anew from the same selection, since tenants changed: it gets another digest.",
  access: "bulk:read",
  scoped: true,
  input: id,
  output: runView,
});

export const pauseRunContract = contract({
  id: "bulk.pause",
  method: "POST",
  path: `${base}/{id}/pause`,
  summary: "Pause a bulk run: what runs comes to its end, nothing new begins.",
  access: "bulk:control",
  scoped: true,
  input: id,
  output: runView,
});

export const resumeRunContract = contract({
  id: "bulk.resume",
  method: "POST",
  path: `${base}/{id}/resume`,
  summary: "Go on with a paused bulk run.",
  access: "bulk:control",
  scoped: true,
  input: id.extend({
    ignoreFailures: z.boolean().default(false).describe("go on although the failure budget is used up"),
  }),
  output: runView,
});

export const cancelRunContract = contract({
  id: "bulk.cancel",
  method: "POST",
  path: `${base}/{id}/cancel`,
  summary: "Cancel a bulk run: what runs comes to its end, the rest is left as it is.",
  access: "bulk:control",
  scoped: true,
  input: id,
  output: runView,
});

export const retryRunContract = contract({
  id: "bulk.retry",
  method: "POST",
  path: `${base}/{id}/retry`,
  summary: "Try the failed tenants of a bulk run again, under the same confirmation.",
  access: "bulk:confirm",
  scoped: true,
  input: id,
  output: runView,
});

export const undoRunContract = contract({
  id: "bulk.undo",
  method: "POST",
  path: `${base}/{id}/undo`,
  summary: "Plan a bulk run that takes back what this one did; it is confirmed like any other.",
  access: "bulk:confirm",
  scoped: true,
  status: 201,
  input: id,
  output: runView,
});

/** A download, by a door of its own. */
export const downloadItemContract = contract({
  id: "bulk.download",
  method: "GET",
  path: `${base}/{id}/items/{position}/file`,
  summary: "Download what an action left for one tenant, such as the export of its data.",
  access: "data:export",
  scoped: true,
  answers: ["application/gzip"],
  input: id.extend({ position: z.coerce.number().int().min(0).max(mostItems) }),
  output: z.string(),
});

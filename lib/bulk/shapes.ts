import { z } from "zod";
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
/** An id, refused in words. */
export const uuid = z.uuid("This is not an id.");

/** How many items a run may have. */
export const mostItems = 200_000;

const share = z.strictObject({ percent: z.number().min(0).max(100) });
const amount = z.strictObject({ count: z.int().min(0).max(mostItems) });

/** How a run goes about its items. A name that is not known is refused: a canary with a typo would be no canary. */
export const runOptions = z
  .strictObject({
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
  })
  .meta({ id: "BulkRunOptions" });
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

export const waveView = z
  .object({
    wave: z.int().describe("0 is the canary, where there is one"),
    name: z.string(),
    total: z.int(),
    counts,
    state: z.enum(["waiting", "running", "done"]),
  })
  .meta({ id: "BulkWave" });
export type WaveView = z.infer<typeof waveView>;

const person = z.object({ name: z.string(), at: time }).nullable();

export const runView = z
  .object({
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
  })
  .meta({ id: "BulkRun" });
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

export const itemView = z
  .object({
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
  })
  .meta({ id: "BulkItem" });
export type ItemView = z.infer<typeof itemView>;

export const itemLogView = z.object({
  attempt: z.int(),
  level: z.enum(["info", "warning", "error"]),
  message: z.string(),
  at: time,
});

/** An action as people and programs choose it. `input` is a JSON Schema with `title` and `description` for each field. */
export const actionView = z
  .object({
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
  })
  .meta({ id: "Action" });
export type ActionView = z.infer<typeof actionView>;

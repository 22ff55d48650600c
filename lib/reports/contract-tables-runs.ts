import { listItemsContract, listRunsContract } from "@/lib/bulk/contract";
import { itemStatuses, uuid } from "@/lib/bulk/shapes";
import { tableShape } from "./contract-table";

const { cursor: _, limit: __, ...ofRuns } = listRunsContract.input.shape;

const counts = Object.fromEntries(itemStatuses.map((status) => [status, `how many tenants are ${status}`])) as Record<
  (typeof itemStatuses)[number],
  string
>;

export const bulkRunsTable = tableShape({
  name: "bulk-runs",
  title: "Bulk runs",
  words: "Bulk runs with what became of their tenants, newest first.",
  access: "bulk:read",
  scoped: true,
  filter: ofRuns,
  columns: {
    id: "the run's id",
    title: "the action and its input in words",
    action: "the action's name",
    status: "how the run stands",
    reason: "why it is paused or was cancelled",
    selection: "which tenants were asked for, in words",
    note: "what its planner noted",
    total: "how many tenants it is about",
    ...counts,
    plannedBy: "who planned it",
    plannedAt: "when",
    confirmedBy: "who confirmed it",
    confirmedAt: "when",
    secondBy: "who else confirmed it",
    secondAt: "when",
    startedAt: "when it began",
    finishedAt: "when it ended",
    undoOf: "the id of the run that it takes back",
    input: "the action's input, as JSON",
  },
});

const { status, wave, warned, search } = listItemsContract.input.shape;

export const bulkItemsTable = tableShape({
  name: "bulk-items",
  title: "Tenants of a bulk run",
  words: "The tenants of a bulk run and what became of each.",
  access: "bulk:read",
  scoped: true,
  filter: { run: uuid.describe("the run's id"), status, wave, warned, search },
  columns: {
    position: "its place in the run",
    tenant: "the tenant's slug when it was planned",
    tenantId: "the tenant's id",
    name: "its name when it was planned",
    server: "the server that held its database",
    wave: "0 is the canary, where there is one",
    status: "what became of it",
    warnings: "what somebody should know before confirming",
    words: "what was done, why there was nothing to do, or why it failed",
    attempts: "how often it was tried",
    notBefore: "not tried again before",
    startedAt: "when it began",
    finishedAt: "when it ended",
    undoable: "whether it can be taken back",
    file: "the file that it left",
  },
});

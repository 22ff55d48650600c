import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { runView, uuid } from "./shapes";

const base = "/api/tenancy/bulk-runs";
const id = z.object({ id: uuid });

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

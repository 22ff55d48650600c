import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { demoStates } from "./rules";

/** How the demo fleet stands. */
export const demoView = z
  .object({
    state: z.enum(demoStates).describe("none: never loaded; removed: loaded once, and removed again"),
    steps: z
      .array(z.object({ name: z.string(), words: z.string(), status: z.enum(["done", "running", "waiting"]) }))
      .describe("of loading or removing while that goes on; empty otherwise"),
    tenants: z
      .array(z.object({ id: z.uuid(), slug: z.string(), name: z.string(), status: z.string() }))
      .describe("the demo's own tenants that are there: removing takes these alone"),
    size: z.int().describe("how many tenants the demo has when it is whole"),
    leftOut: z.array(z.string()).describe("slugs of the demo that tenants of your own have: those are left out"),
    hindrance: z.string().nullable().describe("why it can't be loaded here, and what to do; null: it can be"),
    problem: z.string().nullable().describe("what could not be done, in words for people"),
    by: z.string().nullable().describe("who had it loaded or removed last"),
    since: z.iso.datetime().nullable().describe("since when it stands like this"),
  })
  .meta({ id: "Demo" });
export type DemoView = z.infer<typeof demoView>;

const path = "/api/tenancy/demo";

export const showDemoContract = contract({
  id: "demo.show",
  method: "GET",
  path,
  summary:
    "Show how the demo fleet stands: loaded or not, how far loading or removing is, and which tenants are its own.",
  access: "tenants:read",
  input: z.object({}),
  output: demoView,
});

export const loadDemoContract = contract({
  id: "demo.load",
  method: "POST",
  path,
  summary:
    "Load the demo fleet: twelve tenants with traffic, bulk runs and a made-up past. The worker does it; what is there stays.",
  access: "tenants:purge",
  status: 202,
  input: z.object({}),
  output: demoView,
});

export const removeDemoContract = contract({
  id: "demo.remove",
  method: "DELETE",
  path,
  summary:
    "Remove the demo fleet: its own tenants with their databases, figures, activities and bulk runs, and nothing else. No way back.",
  access: "tenants:purge",
  stepUp: "people",
  status: 202,
  input: z.object({}),
  output: demoView,
});

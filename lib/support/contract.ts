import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";

const time = z.iso.datetime();

/** open: the link can still be used; unused: it was not, in time; active: somebody is in; ended. */
export const supportStates = ["open", "unused", "active", "ended"] as const;
export type SupportState = (typeof supportStates)[number];

export const supportView = z
  .object({
    id: z.uuid(),
    state: z.enum(supportStates),
    user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
    reason: z.string(),
    createdAt: time,
    redeemedAt: time.nullable(),
    redeemedIp: z.string().nullable(),
    sessionEnds: time.nullable(),
    endedAt: time.nullable(),
    endedBy: z.string().nullable(),
  })
  .meta({ id: "SupportAccess" });
export type SupportView = z.infer<typeof supportView>;

const id = z.object({ id: z.uuid("This is not a tenant's id.") });

export const openSupportContract = contract({
  id: "support.open",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/support",
  summary: "Make a link that opens a tenant's app as support: for one use, within 60 seconds, with a reason.",
  access: "tenants:support",
  scoped: true,
  stepUp: true,
  secretAnswer: true,
  status: 201,
  input: id.extend({
    reason: z.string().trim().min(3, "Say why, such as a ticket's number.").max(500, "Use at most 500 characters."),
    minutes: z.coerce
      .number()
      .int()
      .min(5, "At least 5 minutes.")
      .max(240, "At most 240 minutes.")
      .default(30)
      .describe("how long the session in the app lasts"),
  }),
  output: z.object({
    access: supportView,
    url: z.string().describe("the link, with its token: shown once"),
    expiresAt: time,
  }),
});

export const listSupportContract = contract({
  id: "support.list",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/support",
  summary: "List who opened, or wanted to open, a tenant's app as support, newest first.",
  access: "tenants:read",
  scoped: true,
  list: "access",
  input: id.extend({ state: z.array(z.enum(supportStates)).default([]), ...pageInput(50) }),
  output: z.object({ access: z.array(supportView), next: z.string().nullable() }),
});

export const endSupportContract = contract({
  id: "support.end",
  method: "DELETE",
  path: "/api/tenancy/tenants/{id}/support/{access}",
  summary: "End a support session in a tenant's app, or take back its link; the app sees it within a second.",
  access: "tenants:support",
  scoped: true,
  input: id.extend({ access: z.uuid("This is not a support session's id.") }),
  output: supportView,
});

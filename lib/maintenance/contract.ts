import { z } from "zod";
import { parseAddressList } from "@/lib/kernel/addresses";
import { contract } from "@/lib/kernel/contract";

const time = z.iso.datetime();

/** What people may say when they switch maintenance on; a bulk run takes the same. */
export const maintenanceFields = {
  message: z
    .string()
    .trim()
    .min(1, "Say what visitors are told.")
    .max(500, "Use at most 500 characters.")
    .default("We are working on this and will be back shortly."),
  allow: z
    .array(z.string().trim().max(50))
    .max(100, "Name at most 100 networks.")
    .default([])
    .superRefine((list, context) => {
      const parsed = parseAddressList(list.join(","));
      if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.reason });
    })
    .describe("addresses and networks (CIDR) that are served as ever"),
  retryAfterSeconds: z.coerce.number().int().min(1).max(86_400).default(300).describe("what Retry-After says"),
  until: time.nullable().default(null).describe("when it ends by itself; null: when somebody ends it"),
};

export const maintenanceView = z
  .object({
    message: z.string(),
    allow: z.array(z.string()),
    retryAfterSeconds: z.int(),
    until: time.nullable(),
    startedAt: time,
    startedBy: z.string(),
  })
  .meta({ id: "Maintenance" });
export type MaintenanceView = z.infer<typeof maintenanceView>;

const id = z.object({ id: z.uuid("This is not a tenant's id.") });

export const showMaintenanceContract = contract({
  id: "maintenance.show",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/maintenance",
  summary: "Show whether a tenant's app is in maintenance, and who is served nevertheless.",
  access: "tenants:read",
  scoped: true,
  input: id,
  output: z.object({
    maintenance: maintenanceView.nullable(),
    yourAddress: z.string().nullable().describe("where you come from, for who wants to be served nevertheless"),
  }),
});

export const startMaintenanceContract = contract({
  id: "maintenance.start",
  method: "PUT",
  path: "/api/tenancy/tenants/{id}/maintenance",
  summary: "Put a tenant's app into maintenance, or change what it says: visitors get 503 with the message.",
  access: "tenants:maintain",
  scoped: true,
  secretAnswer: true,
  input: id.extend(maintenanceFields),
  output: z.object({
    maintenance: maintenanceView,
    bypassToken: z.string().describe("who brings it is served as ever; shown once, and a new one each time"),
    bypassUrl: z.string().describe("opens the app with that token, which its cookie then holds"),
  }),
});

export const endMaintenanceContract = contract({
  id: "maintenance.end",
  method: "DELETE",
  path: "/api/tenancy/tenants/{id}/maintenance",
  summary: "End a tenant's maintenance.",
  access: "tenants:maintain",
  scoped: true,
  input: id,
  output: z.object({ maintenance: z.null() }),
});

import { z } from "zod";
import { contract } from "@/lib/kernel/contract";

export const serverView = z.object({
  id: z.uuid(),
  name: z.string(),
  region: z.string(),
  host: z.string(),
  port: z.int(),
  version: z.string().nullable().describe("PostgreSQL's version, as the server says it"),
  pooler: z
    .object({ host: z.string(), port: z.int(), mode: z.enum(["session", "transaction"]) })
    .nullable()
    .describe("where apps connect, when a pooler stands before it; null: to the server itself"),
  storageCapacityMb: z
    .number()
    .nullable()
    .describe("MiB of tenants' data that it can hold, as an administrator says; null: the disk as it is measured"),
  tenants: z.int().describe("how many tenants within reach live on it"),
  state: z.enum(["ok", "stale", "unreachable", "new"]).describe("whether its figures are current"),
  lastTickAt: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
});
export type ServerView = z.infer<typeof serverView>;

export const listServersContract = contract({
  id: "servers.list",
  method: "GET",
  path: "/api/tenancy/servers",
  summary: "List the database servers of the fleet with their state.",
  access: "servers:read",
  scoped: true,
  input: z.object({}),
  output: z.object({ servers: z.array(serverView) }),
});

export const addServerContract = contract({
  id: "servers.add",
  method: "POST",
  path: "/api/tenancy/servers",
  summary: "Add a PostgreSQL server after trying to sign in to it.",
  access: "servers:create",
  stepUp: "people",
  status: 201,
  input: z.object({
    name: z.string().trim().min(1, "Give the server a name.").max(60, "Use at most 60 characters."),
    region: z.string().trim().min(1, "Name the region.").max(40, "Use at most 40 characters."),
    host: z.string().trim().min(1, "Name the host.").max(253, "A host has at most 253 characters."),
    port: z.coerce
      .number()
      .int("A port is a whole number.")
      .min(1, "A port is 1 to 65535.")
      .max(65535, "A port is 1 to 65535.")
      .default(5432),
    adminUser: z.string().trim().min(1, "Name the administrator role.").max(63, "Use at most 63 characters."),
    adminPassword: z.string().max(1000).default(""),
    adminDatabase: z.string().trim().min(1).max(63).default("postgres"),
    tls: z.boolean().default(false),
  }),
  output: serverView,
});

export const editServerContract = contract({
  id: "servers.edit",
  method: "PATCH",
  path: "/api/tenancy/servers/{id}",
  summary: "Change a server's name, region, capacity or pooler: apps connect anew within a second.",
  access: "servers:update",
  stepUp: "people",
  input: z.object({
    id: z.uuid(),
    name: z.string().trim().min(1, "Give the server a name.").max(60, "Use at most 60 characters.").optional(),
    region: z.string().trim().min(1, "Name the region.").max(40, "Use at most 40 characters.").optional(),
    pooler: z
      .object({
        host: z.string().trim().min(1, "Name the host.").max(253, "A host has at most 253 characters."),
        port: z.coerce.number().int().min(1, "A port is 1 to 65535.").max(65535, "A port is 1 to 65535."),
        mode: z.enum(["session", "transaction"]).describe("for how long the pooler lends a connection"),
      })
      .nullable()
      .optional(),
    storageCapacityMb: z
      .number("Give a number of MiB.")
      .positive("A capacity is more than 0.")
      .max(1e12, "This is more than any server holds.")
      .nullable()
      .optional()
      .describe("MiB of tenants' data that it can hold; null: the disk as it is measured"),
  }),
  output: serverView,
});

export const listServerDatabasesContract = contract({
  id: "servers.databases",
  method: "GET",
  path: "/api/tenancy/servers/{id}/databases",
  summary: "List the databases on a server that no tenant owns, so that they can be adopted.",
  access: "servers:read",
  input: z.object({ id: z.uuid() }),
  output: z.object({
    databases: z.array(z.object({ name: z.string(), owner: z.string(), bytes: z.number().nullable() })),
  }),
});

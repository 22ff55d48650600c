import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { isSeen, unseen } from "@/lib/kernel/naming";

export const serverView = z
  .object({
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
    accepting: z.boolean().describe("false: no new tenants are placed on it"),
    tenants: z.int().describe("how many tenants within reach live on it"),
    state: z.enum(["ok", "stale", "unreachable", "new"]).describe("whether its figures are current"),
    lastTickAt: z.iso.datetime().nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: "Server" });
export type ServerView = z.infer<typeof serverView>;

const id = z.object({ id: z.uuid("This is not a server's id.") });

/** What of a server changes only when somebody changes it. */
const stateOf = ({ name, region, host, port, pooler, storageCapacityMb, accepting }: ServerView) => {
  return { name, region, host, port, pooler, storageCapacityMb, accepting };
};

export const listServersContract = contract({
  id: "servers.list",
  method: "GET",
  path: "/api/tenancy/servers",
  summary: "List the database servers of the fleet with their state.",
  access: "servers:read",
  scoped: true,
  list: "servers",
  input: z.object({
    search: z.string().trim().max(200).default("").describe("part of a name or host"),
    region: z.array(z.string().max(40)).default([]),
    state: z.array(serverView.shape.state).default([]),
  }),
  output: z.object({ servers: z.array(serverView) }),
});

export const showServerContract = contract({
  id: "servers.show",
  method: "GET",
  path: "/api/tenancy/servers/{id}",
  summary: "Show a database server of the fleet with its state.",
  access: "servers:read",
  scoped: true,
  state: stateOf,
  input: id,
  output: serverView,
});

export const addServerContract = contract({
  id: "servers.add",
  method: "POST",
  path: "/api/tenancy/servers",
  summary: "Add a PostgreSQL server after trying to sign in to it; refused when its cluster is in the fleet already.",
  access: "servers:create",
  stepUp: "people",
  status: 201,
  input: z.object({
    name: z
      .string()
      .trim()
      .min(1, "Give the server a name.")
      .max(60, "Use at most 60 characters.")
      .refine(isSeen, unseen),
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
  summary:
    "Change a server's name, region, capacity, pooler (apps connect anew within a second), or whether it takes new tenants.",
  access: "servers:update",
  stepUp: "people",
  guarded: true,
  input: z.object({
    id: z.uuid(),
    name: z
      .string()
      .trim()
      .min(1, "Give the server a name.")
      .max(60, "Use at most 60 characters.")
      .refine(isSeen, unseen)
      .optional(),
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
    accepting: z.boolean().optional().describe("false: no new tenants are placed on it"),
  }),
  output: serverView,
});

export const removeServerContract = contract({
  id: "servers.remove",
  method: "DELETE",
  path: "/api/tenancy/servers/{id}",
  summary: "Remove a server from the fleet, once no tenant is on it. Nothing on the server is changed.",
  access: "servers:delete",
  stepUp: "people",
  guarded: true,
  input: id.extend({ confirm: z.string().max(100).describe("the server's name, typed by the person") }),
  output: serverView,
});

export const serverCheck = z
  .object({
    reachable: z.boolean(),
    error: z.string().nullable().describe("why it could not be asked, in words for people"),
    connectMs: z.number().nullable().describe("from opening the connection until it was signed in"),
    latencyMs: z.number().nullable().describe("the median of five round trips of SELECT 1"),
    version: z.string().nullable(),
    standby: z.boolean().nullable().describe("true where nothing can be written: a copy of another server"),
    tls: z.boolean().nullable().describe("whether this connection was encrypted, as the server says"),
    rights: z.array(
      z.object({
        name: z.string(),
        words: z.string().describe("what it is for"),
        needed: z.boolean().describe("false: without it something is less, but tenants can be made"),
        held: z.boolean(),
      }),
    ),
    extensions: z
      .array(
        z.object({
          name: z.string(),
          words: z.string().describe("which figures come from it"),
          todo: z.string().nullable().describe("what is to be done on the server to have it; null: it is there"),
        }),
      )
      .describe("what PostgreSQL's own extensions add to the figures; empty where it could not be asked"),
    systemId: z.string().nullable().describe("what PostgreSQL calls its cluster; null: this role may not read it"),
    sameAs: z
      .array(z.object({ id: z.uuid(), name: z.string() }))
      .describe("servers of the fleet that are one cluster with it"),
    notCompared: z.int().describe("other servers of the fleet whose cluster is not known: check them too"),
    checkedAt: z.iso.datetime(),
  })
  .meta({ id: "ServerCheck" });
export type ServerCheck = z.infer<typeof serverCheck>;

export const checkServerContract = contract({
  id: "servers.check",
  method: "POST",
  path: "/api/tenancy/servers/{id}/check",
  summary:
    "Connect to a server now: how quickly it answers, what its role may do, and whether it is in the fleet twice.",
  access: "databases:maintain",
  input: id,
  output: serverCheck,
});

export const listServerDatabasesContract = contract({
  id: "servers.databases",
  method: "GET",
  path: "/api/tenancy/servers/{id}/databases",
  summary: "List the databases on a server that no tenant owns, so that they can be adopted.",
  access: "servers:read",
  list: "databases",
  input: z.object({ id: z.uuid() }),
  output: z.object({
    databases: z.array(z.object({ name: z.string(), owner: z.string(), bytes: z.number().nullable() })),
  }),
});

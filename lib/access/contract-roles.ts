import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { permissions } from "@/lib/kernel/permissions";

const roleName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, "A role's name has 2 to 40 lower-case letters, digits and hyphens.");

export const roleRow = z
  .object({
    name: z.string(),
    builtIn: z.boolean(),
    description: z.string(),
    permissions: z.array(z.enum(permissions)),
    users: z.int().describe("how many users have it"),
  })
  .meta({ id: "Role" });
export type RoleRow = z.infer<typeof roleRow>;

export const listRolesContract = contract({
  id: "roles.list",
  method: "GET",
  path: "/api/tenancy/roles",
  summary: "List built-in and custom roles with their permissions.",
  access: "roles:read",
  list: "roles",
  input: z.object({}),
  output: z.object({ roles: z.array(roleRow) }),
});

export const showRoleContract = contract({
  id: "roles.show",
  method: "GET",
  path: "/api/tenancy/roles/{name}",
  summary: "Show a role with its permissions.",
  access: "roles:read",
  state: ({ name, description, permissions: may }) => ({ name, description, permissions: may }),
  input: z.object({ name: roleName }),
  output: roleRow,
});

export const saveRoleContract = contract({
  id: "roles.save",
  method: "PUT",
  path: "/api/tenancy/roles/{name}",
  summary: "Make or change a custom role, with no more permissions than one's own.",
  access: "roles:update",
  stepUp: true,
  guarded: true,
  input: z.object({
    name: roleName,
    description: z.string().trim().max(200, "Use at most 200 characters.").default(""),
    permissions: z.array(z.enum(permissions)).min(1, "Choose at least one permission."),
  }),
  output: roleRow,
});

export const removeRoleContract = contract({
  id: "roles.remove",
  method: "DELETE",
  path: "/api/tenancy/roles/{name}",
  summary: "Delete a custom role that nobody has any more.",
  access: "roles:update",
  stepUp: true,
  guarded: true,
  input: z.object({ name: roleName }),
  output: roleRow,
});

import { z } from "zod";
import { emailShape, newPassword, personName, sessionView } from "@/lib/accounts/contract";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import { permissions } from "@/lib/kernel/permissions";
import { everything, scopeShape } from "@/lib/kernel/scope";

const time = z.iso.datetime();
const id = z.object({ id: z.uuid() });
const roleName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, "A role's name has 2 to 40 lower-case letters, digits and hyphens.");

export const userRow = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    scope: scopeShape,
    secondFactor: z.boolean().describe("whether an authenticator is enrolled"),
    sessions: z.int().describe("open sessions"),
    lastSignInAt: time.nullable(),
    deactivatedAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: "User" });
export type UserRow = z.infer<typeof userRow>;

export const invitationRow = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.string(),
    scope: scopeShape,
    invitedBy: z.string(),
    createdAt: time,
    expiresAt: time,
  })
  .meta({ id: "Invitation" });
export type InvitationRow = z.infer<typeof invitationRow>;

/** What the list of users may be sorted by. */
export const userSorts = ["name", "email", "role", "createdAt", "lastSignInAt"] as const;

export const listUsersContract = contract({
  id: "users.list",
  method: "GET",
  path: "/api/tenancy/users",
  summary: "List users with their role, scope and last sign-in.",
  access: "users:read",
  list: "users",
  input: z.object({
    search: z.string().trim().max(200).default("").describe("part of a name or e-mail"),
    role: z.array(z.string().max(40)).default([]),
    state: z.enum(["active", "deactivated"]).optional(),
    secondFactor: z.stringbool("Say true or false.").optional().describe("whether an authenticator is enrolled"),
    sort: z.enum(userSorts).default("name"),
    order: z.enum(["asc", "desc"]).default("asc"),
    ...pageInput(100, 500),
  }),
  output: z.object({ users: z.array(userRow), next: z.string().nullable() }),
});

export const showUserContract = contract({
  id: "users.show",
  method: "GET",
  path: "/api/tenancy/users/{id}",
  summary: "Show a user with their role, scope and last sign-in.",
  access: "users:read",
  state: ({ email, name, role, scope, secondFactor, deactivatedAt }) => {
    return { email, name, role, scope, secondFactor, deactivatedAt };
  },
  input: id,
  output: userRow,
});

export const listUserSessionsContract = contract({
  id: "users.sessions",
  method: "GET",
  path: "/api/tenancy/users/{id}/sessions",
  summary: "List where a user is signed in, newest first.",
  access: "users:read",
  list: "sessions",
  input: id.extend(pageInput(50)),
  output: z.object({ sessions: z.array(sessionView), next: z.string().nullable() }),
});

export const editUserContract = contract({
  id: "users.edit",
  method: "PATCH",
  path: "/api/tenancy/users/{id}",
  summary: "Change a user's role or scope, with no more rights than one's own.",
  access: "users:update",
  stepUp: true,
  guarded: true,
  input: id.extend({ role: z.string().max(40).optional(), scope: scopeShape.optional() }),
  output: userRow,
});

export const setUserActiveContract = contract({
  id: "users.setActive",
  method: "PUT",
  path: "/api/tenancy/users/{id}/active",
  summary:
    "Deactivate a user, which ends every session at once (and revokes keys they made, if told), or let them in again.",
  access: "users:update",
  stepUp: true,
  guarded: true,
  input: id.extend({ active: z.boolean(), revokeKeys: z.boolean().default(false) }),
  output: userRow,
});

export const resetSecondFactorContract = contract({
  id: "users.resetSecondFactor",
  method: "POST",
  path: "/api/tenancy/users/{id}/second-factor-reset",
  summary: "Remove a user's authenticator, passkeys and recovery codes and end their sessions; owners only.",
  access: "users:recover",
  stepUp: true,
  input: id,
  output: userRow,
});

export const makePasswordLinkContract = contract({
  id: "users.passwordLink",
  method: "POST",
  path: "/api/tenancy/users/{id}/password-link",
  summary: "Make a single-use link by which a user sets a new password; it ends after a day.",
  access: "users:update",
  stepUp: true,
  secretAnswer: true,
  status: 201,
  input: id,
  output: z.object({ link: z.string(), expiresAt: time }),
});

export const endUserSessionsContract = contract({
  id: "users.endSessions",
  method: "DELETE",
  path: "/api/tenancy/users/{id}/sessions",
  summary: "Sign a user out everywhere.",
  access: "users:update",
  stepUp: true,
  input: id,
  output: z.object({ ended: z.int() }),
});

export const listInvitationsContract = contract({
  id: "invitations.list",
  method: "GET",
  path: "/api/tenancy/invitations",
  summary: "List invitations that can still be accepted.",
  access: "users:read",
  list: "invitations",
  input: z.object({
    search: z.string().trim().max(200).default("").describe("part of an e-mail"),
    role: z.array(z.string().max(40)).default([]),
    ...pageInput(100, 500),
  }),
  output: z.object({ invitations: z.array(invitationRow), next: z.string().nullable() }),
});

export const showOpenInvitationContract = contract({
  id: "invitations.show",
  method: "GET",
  path: "/api/tenancy/invitations/{id}",
  summary: "Show an invitation that can still be accepted.",
  access: "users:read",
  state: (invitation) => invitation,
  input: id,
  output: invitationRow,
});

export const inviteContract = contract({
  id: "invitations.create",
  method: "POST",
  path: "/api/tenancy/invitations",
  summary: "Invite somebody by a single-use link, which is shown once and ends after seven days.",
  access: "users:create",
  stepUp: true,
  secretAnswer: true,
  status: 201,
  input: z.object({ email: emailShape, role: z.string().max(40), scope: scopeShape.default(everything) }),
  output: z.object({ invitation: invitationRow, link: z.string() }),
});

export const withdrawInvitationContract = contract({
  id: "invitations.withdraw",
  method: "DELETE",
  path: "/api/tenancy/invitations/{id}",
  summary: "Withdraw an invitation: its link stops working.",
  access: "users:create",
  stepUp: true,
  guarded: true,
  input: id,
  output: invitationRow,
});

const linkState = z.enum(["ok", "used", "expired", "unknown"]);
const token = z.object({ token: z.string().max(200) });

export const showInvitationContract = contract({
  id: "join.show",
  method: "GET",
  path: "/api/tenancy/join/{token}",
  summary: "Tell whether an invitation's link can still be used, and for whom it is.",
  access: "public",
  input: token,
  output: z.object({
    state: linkState,
    email: z.string().nullable(),
    role: z.string().nullable(),
    scope: scopeShape.nullable(),
    invitedBy: z.string().nullable(),
  }),
});

export const acceptInvitationContract = contract({
  id: "join.accept",
  method: "POST",
  path: "/api/tenancy/join/{token}",
  summary: "Accept an invitation: makes the account.",
  access: "public",
  status: 201,
  input: token.extend({ name: personName, password: newPassword }),
  output: z.object({ email: z.string() }),
});

export const showPasswordLinkContract = contract({
  id: "newPassword.show",
  method: "GET",
  path: "/api/tenancy/new-password/{token}",
  summary: "Tell whether a link to set a new password can still be used.",
  access: "public",
  input: token,
  output: z.object({ state: linkState, email: z.string().nullable() }),
});

export const usePasswordLinkContract = contract({
  id: "newPassword.set",
  method: "POST",
  path: "/api/tenancy/new-password/{token}",
  summary: "Set a new password by a link; every session of the account ends, its second factor stays.",
  access: "public",
  input: token.extend({ password: newPassword }),
  output: z.object({ email: z.string() }),
});

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

import { z } from "zod";
import { sessionView } from "@/lib/accounts/contract-account";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import { scopeShape } from "@/lib/kernel/scope";

const time = z.iso.datetime();
const id = z.object({ id: z.uuid() });

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
    search: z.string().trim().max(200).default("").describe("part of a name, an e-mail address or a role"),
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

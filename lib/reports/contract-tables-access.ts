import { listUsersContract } from "@/lib/access/contract";
import { listInvitationsContract } from "@/lib/access/contract-invitations";
import { listKeysContract } from "@/lib/keys/contract";
import { tableShape } from "./contract-table";

const { cursor: _, limit: __, ...ofUsers } = listUsersContract.input.shape;

export const usersTable = tableShape({
  name: "users",
  title: "Users",
  words: "Users with their role, scope and last sign-in.",
  access: "users:read",
  filter: ofUsers,
  columns: {
    id: "the user's id",
    email: "the e-mail address",
    name: "the name",
    role: "the role",
    scope: "the tenants that the role's rights reach",
    secondFactor: "whether an authenticator is enrolled",
    sessions: "open sessions",
    lastSignInAt: "when they last signed in",
    deactivatedAt: "since when they may not sign in",
    createdAt: "when they were added",
  },
});

const { search, role } = listInvitationsContract.input.shape;

export const invitationsTable = tableShape({
  name: "invitations",
  title: "Invitations",
  words: "Invitations that can still be accepted.",
  access: "users:read",
  filter: { search, role },
  columns: {
    id: "the invitation's id",
    email: "who is invited",
    role: "the role that they get",
    scope: "the tenants that its rights reach",
    invitedBy: "who invited them",
    createdAt: "when",
    expiresAt: "until when it can be accepted",
  },
});

export const rolesTable = tableShape({
  name: "roles",
  title: "Roles",
  words: "Built-in and custom roles with their permissions.",
  access: "roles:read",
  filter: {},
  columns: {
    name: "the role's name",
    builtIn: "whether it comes with Tenantry",
    description: "what it is for",
    permissions: "what it allows, with blanks between",
    users: "how many users have it",
  },
});

const { cursor: ___, limit: ____, ...ofKeys } = listKeysContract.input.shape;

export const apiKeysTable = tableShape({
  name: "api-keys",
  title: "API keys",
  words: "API keys with their rights and last use; secrets are not among what is kept.",
  access: "keys:read",
  filter: ofKeys,
  columns: {
    id: "the key's id",
    name: "the key's name",
    prefix: "its beginning",
    state: "active, expired or revoked",
    permissions: "what it allows, with blanks between",
    scope: "the tenants that its rights reach",
    allowedAddresses: "from where it may be used, with blanks between; none: from anywhere",
    rateLimit: "requests a minute; none: the installation's limit",
    createdBy: "who made it",
    createdAt: "when",
    expiresAt: "when it ends",
    revokedAt: "when it was revoked",
    lastUsedAt: "when it was last used",
    lastUsedAddress: "from where",
  },
});

export const ipRulesTable = tableShape({
  name: "ip-rules",
  title: "IP rules",
  words: "Addresses that may, or may not, reach the console or the API.",
  access: "addresses:read",
  filter: {},
  columns: {
    id: "the rule's id",
    network: "the address or network",
    action: "allow or deny",
    area: "console, api or both",
    note: "what was noted of it",
    createdBy: "who made it",
    createdAt: "when",
  },
});

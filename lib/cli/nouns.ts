import { installationNouns } from "./installation-nouns";
import type { Noun } from "./noun";

/** Every first word, in the order of the help. */
export const nouns: Record<string, Noun> = {
  tenants: {
    words: "Tenants and their databases.",
    alias: "tenant",
    load: async () => (await import("./commands/tenants")).tenantCommands,
  },
  servers: {
    words: "The servers that hold tenants' databases.",
    alias: "server",
    load: async () => (await import("./commands/servers")).serverCommands,
  },
  actions: {
    words: "What can be done to many tenants at once.",
    alias: "action",
    load: async () => (await import("./commands/actions")).actionCommands,
  },
  runs: {
    words: "Bulk runs: planned, confirmed, followed.",
    alias: "run",
    load: async () => (await import("./commands/runs")).runCommands,
  },
  users: {
    words: "People, and the way back in for who is locked out.",
    alias: "user",
    load: async () => (await import("./commands/users")).userCommands,
  },
  invitations: {
    words: "Who is asked to join, and has not yet.",
    alias: "invitation",
    load: async () => (await import("./commands/invitations")).invitationCommands,
  },
  roles: {
    words: "What people may do.",
    alias: "role",
    load: async () => (await import("./commands/roles")).roleCommands,
  },
  keys: {
    words: "API keys.",
    alias: "key",
    load: async () => (await import("./commands/keys")).keyCommands,
  },
  "ip-rules": {
    words: "Which networks may reach the console and the API.",
    alias: "ip-rule",
    load: async () => (await import("./commands/ip-rules")).ipRuleCommands,
  },
  audit: {
    words: "The audit trail: check it, export it, check an export.",
    load: async () => (await import("./commands/audit")).auditCommands,
  },
  isolation: {
    words: "Proves that tenants are apart.",
    load: async () => [(await import("./commands/isolation")).isolation],
  },
  "rotate-keys": {
    words: "Seals every stored secret with a new key.",
    load: async () => [(await import("./commands/rotate-keys")).rotateKeysCommand],
  },
  api: {
    words: "Every operation of the API, by its id.",
    load: async () => (await import("./commands/api")).apiCommands,
  },
  "app-env": {
    words: "What an app with tenantry/runtime needs.",
    load: async () => [(await import("./commands/app-env")).appEnv],
  },
  ...installationNouns,
};

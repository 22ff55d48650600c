import { z } from "zod";
import { parseCidr } from "@/lib/kernel/addresses";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import { keyPermissions, permissions } from "@/lib/kernel/permissions";
import { everything, scopeShape } from "@/lib/kernel/scope";

const time = z.iso.datetime();
const id = z.object({ id: z.uuid() });

/** An address or network, in its canonical form. */
const network = z
  .string()
  .max(60)
  .transform((text, context) => {
    const read = parseCidr(text);
    if (read.ok) return read.range.text;
    context.addIssue({ code: "custom", message: read.reason });
    return z.NEVER;
  });

/** How a key stands. */
export const keyStates = ["active", "expired", "revoked"] as const;

/** What the list of keys may be sorted by. */
export const keySorts = ["state", "name", "createdAt", "expiresAt", "lastUsedAt"] as const;

export const keyRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().describe("the key's beginning, by which one knows it again"),
    permissions: z.array(z.enum(permissions)),
    scope: scopeShape,
    allowedAddresses: z.array(z.string()),
    rateLimit: z.int().nullable().describe("requests a minute; null: the installation's limit"),
    createdBy: z.string(),
    createdAt: time,
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
    lastUsedAt: time.nullable(),
    lastUsedAddress: z.string().nullable(),
    state: z.enum(keyStates),
  })
  .meta({ id: "ApiKey" });
export type KeyRow = z.infer<typeof keyRow>;

export const listKeysContract = contract({
  id: "keys.list",
  method: "GET",
  path: "/api/tenancy/keys",
  summary: "List API keys; secrets are not among what is kept.",
  access: "keys:read",
  list: "keys",
  input: z.object({
    search: z.string().trim().max(200).default("").describe("part of a name, of the key's beginning or of who made it"),
    state: z.array(z.enum(keyStates)).default([]),
    sort: z.enum(keySorts).default("state").describe("state: those that work first, each kind newest first"),
    order: z.enum(["asc", "desc"]).default("asc"),
    ...pageInput(100, 500),
  }),
  output: z.object({ keys: z.array(keyRow), next: z.string().nullable() }),
});

export const showKeyContract = contract({
  id: "keys.show",
  method: "GET",
  path: "/api/tenancy/keys/{id}",
  summary: "Show an API key, without its secret.",
  access: "keys:read",
  state: ({ state: _, lastUsedAt: __, lastUsedAddress: ___, ...kept }) => kept,
  input: id,
  output: keyRow,
});

const keyName = z.string().trim().min(1, "Give the key a name.").max(60, "Use at most 60 characters.");
const keyDays = z.int().min(1, "At least a day.").max(3650, "At most ten years.").nullable();
const keyAddresses = z.array(network).max(50, "Name at most 50.");
const keyRateLimit = z.int().min(1).max(1_000_000).nullable();

export const createKeyContract = contract({
  id: "keys.create",
  method: "POST",
  path: "/api/tenancy/keys",
  summary: "Make an API key, with no more rights than one's own; the key is shown once.",
  access: "keys:create",
  stepUp: true,
  secretAnswer: true,
  status: 201,
  input: z.object({
    name: keyName,
    permissions: z.array(z.enum(keyPermissions, "No key can have this.")).min(1, "Choose at least one permission."),
    scope: scopeShape.default(everything),
    expiresInDays: keyDays.default(90),
    allowedAddresses: keyAddresses.default([]),
    rateLimit: keyRateLimit.default(null),
  }),
  output: z.object({ key: keyRow, secret: z.string().describe("the whole key, shown once") }),
});

export const editKeyContract = contract({
  id: "keys.edit",
  method: "PATCH",
  path: "/api/tenancy/keys/{id}",
  summary: "Change a key's name, addresses, rate limit or end; what it may do stays, and is no more than one's own.",
  access: "keys:create",
  stepUp: true,
  guarded: true,
  input: id.extend({
    name: keyName.optional(),
    expiresInDays: keyDays.optional().describe("days from now; null: without an end"),
    allowedAddresses: keyAddresses.optional(),
    rateLimit: keyRateLimit.optional(),
  }),
  output: keyRow,
});

export const revokeKeyContract = contract({
  id: "keys.revoke",
  method: "DELETE",
  path: "/api/tenancy/keys/{id}",
  summary: "Revoke an API key, at once.",
  access: "keys:delete",
  guarded: true,
  input: id,
  output: keyRow,
});

export const showCallerContract = contract({
  id: "caller.show",
  method: "GET",
  path: "/api/tenancy/caller",
  summary: "Tell who asks: a person, an API key or nobody, with its rights and its limit of requests.",
  access: "public",
  input: z.object({}),
  output: z.object({
    kind: z.enum(["user", "key", "system", "nobody"]),
    name: z.string().nullable().describe("null: nobody"),
    permissions: z.array(z.enum(permissions)).nullable().describe("null: all of them"),
    scope: scopeShape.describe("the tenants that its rights reach"),
    requestsPerMinute: z.int().nullable().describe("null: they are not counted"),
    expiresAt: time.nullable().describe("of an API key; null: it does not expire"),
  }),
});

export const ipRuleRow = z
  .object({
    id: z.uuid(),
    network: z.string().describe("an address or a network in CIDR form"),
    action: z.enum(["allow", "deny"]),
    area: z.enum(["console", "api", "both"]),
    note: z.string(),
    createdBy: z.string(),
    createdAt: time,
  })
  .meta({ id: "IpRule" });
export type IpRuleRow = z.infer<typeof ipRuleRow>;

export const listIpRulesContract = contract({
  id: "ipRules.list",
  method: "GET",
  path: "/api/tenancy/ip-rules",
  summary: "List the IP rules, and the address that this request came from.",
  access: "addresses:read",
  list: "rules",
  input: z.object({}),
  output: z.object({ rules: z.array(ipRuleRow), yourAddress: z.string().nullable() }),
});

export const showIpRuleContract = contract({
  id: "ipRules.show",
  method: "GET",
  path: "/api/tenancy/ip-rules/{id}",
  summary: "Show an IP rule.",
  access: "addresses:read",
  state: (rule) => rule,
  input: id,
  output: ipRuleRow,
});

const { action, area } = ipRuleRow.shape;
const note = z.string().trim().max(200, "Use at most 200 characters.");

export const addIpRuleContract = contract({
  id: "ipRules.add",
  method: "POST",
  path: "/api/tenancy/ip-rules",
  summary: "Allow or deny an address or network; refused when it would lock its author out.",
  access: "addresses:update",
  stepUp: true,
  status: 201,
  input: z.object({ network, action, area, note: note.default("") }),
  output: ipRuleRow,
});

export const editIpRuleContract = contract({
  id: "ipRules.edit",
  method: "PATCH",
  path: "/api/tenancy/ip-rules/{id}",
  summary: "Change an IP rule; refused when it would lock its author out.",
  access: "addresses:update",
  stepUp: true,
  guarded: true,
  input: id.extend({
    network: network.optional(),
    action: action.optional(),
    area: area.optional(),
    note: note.optional(),
  }),
  output: ipRuleRow,
});

export const removeIpRuleContract = contract({
  id: "ipRules.remove",
  method: "DELETE",
  path: "/api/tenancy/ip-rules/{id}",
  summary: "Remove an IP rule; refused when it would lock its author out.",
  access: "addresses:update",
  stepUp: true,
  guarded: true,
  input: id,
  output: ipRuleRow,
});

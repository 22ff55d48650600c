import { z } from "zod";
import { parseCidr } from "@/lib/kernel/addresses";
import { contract } from "@/lib/kernel/contract";
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

export const keyRow = z.object({
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
  state: z.enum(["active", "expired", "revoked"]),
});
export type KeyRow = z.infer<typeof keyRow>;

export const listKeysContract = contract({
  id: "keys.list",
  method: "GET",
  path: "/api/tenancy/keys",
  summary: "List API keys; secrets are not among what is kept.",
  access: "keys:read",
  input: z.object({}),
  output: z.object({ keys: z.array(keyRow) }),
});

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
    name: z.string().trim().min(1, "Give the key a name.").max(60, "Use at most 60 characters."),
    permissions: z.array(z.enum(keyPermissions, "No key can have this.")).min(1, "Choose at least one permission."),
    scope: scopeShape.default(everything),
    expiresInDays: z.int().min(1, "At least a day.").max(3650, "At most ten years.").nullable().default(90),
    allowedAddresses: z.array(network).max(50, "Name at most 50.").default([]),
    rateLimit: z.int().min(1).max(1_000_000).nullable().default(null),
  }),
  output: z.object({ key: keyRow, secret: z.string().describe("the whole key, shown once") }),
});

export const revokeKeyContract = contract({
  id: "keys.revoke",
  method: "DELETE",
  path: "/api/tenancy/keys/{id}",
  summary: "Revoke an API key, at once.",
  access: "keys:delete",
  input: id,
  output: keyRow,
});

export const ipRuleRow = z.object({
  id: z.uuid(),
  network: z.string().describe("an address or a network in CIDR form"),
  action: z.enum(["allow", "deny"]),
  area: z.enum(["console", "api", "both"]),
  note: z.string(),
  createdBy: z.string(),
  createdAt: time,
});
export type IpRuleRow = z.infer<typeof ipRuleRow>;

export const listIpRulesContract = contract({
  id: "ipRules.list",
  method: "GET",
  path: "/api/tenancy/ip-rules",
  summary: "List the IP rules, and the address that this request came from.",
  access: "addresses:read",
  input: z.object({}),
  output: z.object({ rules: z.array(ipRuleRow), yourAddress: z.string().nullable() }),
});

export const addIpRuleContract = contract({
  id: "ipRules.add",
  method: "POST",
  path: "/api/tenancy/ip-rules",
  summary: "Allow or deny an address or network; refused when it would lock its author out.",
  access: "addresses:update",
  stepUp: true,
  status: 201,
  input: z.object({
    network,
    action: ipRuleRow.shape.action,
    area: ipRuleRow.shape.area,
    note: z.string().trim().max(200, "Use at most 200 characters.").default(""),
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
  input: id,
  output: ipRuleRow,
});

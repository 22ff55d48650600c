import { listInvitations } from "@/lib/access/list-invitations";
import { listRoles } from "@/lib/access/list-roles";
import { listUsers } from "@/lib/access/list-users";
import { scopeWords } from "@/lib/kernel/scope";
import { listIpRules } from "@/lib/keys/list-ip-rules";
import { listKeys } from "@/lib/keys/list-keys";
import { apiKeysTable, invitationsTable, ipRulesTable, rolesTable, usersTable } from "../contract-tables-access";
import { byCursor, oneAnswer, pagedTable } from "../table-pages";

const limit = 500;

export const users = pagedTable(usersTable, (ctx, filter) =>
  byCursor(
    (at) => listUsers.run(ctx, { ...filter, ...at, limit }),
    (answer) => answer.users.map((user) => ({ ...user, scope: scopeWords(user.scope) })),
  ),
);

export const invitations = pagedTable(invitationsTable, (ctx, filter) =>
  byCursor(
    (at) => listInvitations.run(ctx, { ...filter, ...at, limit }),
    (answer) => answer.invitations.map((one) => ({ ...one, scope: scopeWords(one.scope) })),
  ),
);

export const roles = pagedTable(rolesTable, (ctx) =>
  oneAnswer(async () => {
    const answer = await listRoles.run(ctx, {});
    return answer.roles.map((role) => ({ ...role, permissions: role.permissions.join(" ") }));
  }),
);

export const apiKeys = pagedTable(apiKeysTable, (ctx, filter) =>
  byCursor(
    (at) => listKeys.run(ctx, { ...filter, ...at, limit }),
    (answer) =>
      answer.keys.map((key) => ({
        ...key,
        permissions: key.permissions.join(" "),
        scope: scopeWords(key.scope),
        allowedAddresses: key.allowedAddresses.join(" "),
      })),
  ),
);

export const ipRules = pagedTable(ipRulesTable, (ctx) => oneAnswer(async () => (await listIpRules.run(ctx, {})).rules));

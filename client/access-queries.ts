import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { listUsersContract } from "@/lib/access/contract";
import { listInvitationsContract } from "@/lib/access/contract-invitations";
import { listRolesContract } from "@/lib/access/contract-roles";
import { listSessionsContract, showAccountContract } from "@/lib/accounts/contract-account";
import { listAuditContract } from "@/lib/audit/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { everyPage } from "@/lib/kernel/page";
import { listIpRulesContract, listKeysContract } from "@/lib/keys/contract";
import { call } from "./call";

/** These lists are looked at whole: they are asked for in few, large pages. */
const many = { limit: 500 };

/** Everybody who may sign in. */
export const usersQuery = () =>
  queryOptions({
    queryKey: [listUsersContract.id],
    queryFn: ({ signal }) => everyPage("users", (at) => call(listUsersContract, { ...many, ...at }, { signal })),
  });

/** Invitations that can still be accepted. */
export const invitationsQuery = () =>
  queryOptions({
    queryKey: [listInvitationsContract.id],
    queryFn: ({ signal }) =>
      everyPage("invitations", (at) => call(listInvitationsContract, { ...many, ...at }, { signal })),
  });

/** Built-in and custom roles. */
export const rolesQuery = () =>
  queryOptions({
    queryKey: [listRolesContract.id],
    queryFn: ({ signal }) => call(listRolesContract, {}, { signal }),
  });

/** API keys, without their secrets. */
export const keysQuery = () =>
  queryOptions({
    queryKey: [listKeysContract.id],
    queryFn: ({ signal }) => everyPage("keys", (at) => call(listKeysContract, { ...many, ...at }, { signal })),
  });

/** The IP rules, with the address that this browser comes from. */
export const ipRulesQuery = () =>
  queryOptions({
    queryKey: [listIpRulesContract.id],
    queryFn: ({ signal }) => call(listIpRulesContract, {}, { signal }),
  });

/** One's own account. */
export const accountQuery = () =>
  queryOptions({
    queryKey: [showAccountContract.id],
    queryFn: ({ signal }) => call(showAccountContract, {}, { signal }),
  });

/** One's own sessions. */
export const sessionsQuery = () =>
  queryOptions({
    queryKey: [listSessionsContract.id],
    queryFn: ({ signal }) => everyPage("sessions", (at) => call(listSessionsContract, at, { signal })),
  });

/** The audit trail, newest first, page by page. */
export const auditQuery = (filter: InputOf<typeof listAuditContract>) =>
  infiniteQueryOptions({
    queryKey: [listAuditContract.id, filter],
    queryFn: ({ signal, pageParam }) =>
      call(listAuditContract, { ...filter, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

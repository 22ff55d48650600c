"use client";

import { useUser } from "@/components/shell/user";
import { type Column, DataTable, TwoLines } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import type { UserRow } from "@/lib/access/contract";
import { scopeWords } from "@/lib/kernel/scope";
import { UserActions } from "./user-actions";
import classes from "./users.module.css";

/** The users with their role, reach, second factor, sessions and state; each with what may be done about them. */
export function UsersTable({ users }: { users: UserRow[] }) {
  const me = useUser();
  return (
    <DataTable
      label="Users"
      columns={columns(me.id)}
      rows={users}
      actionsWidth={80}
      faded={(user) => user.deactivatedAt !== null}
      actions={(user) => (user.id === me.id ? <OwnAccount /> : <UserActions user={user} />)}
    />
  );
}

function columns(me: string): Column<UserRow>[] {
  return [
    {
      id: "user",
      header: "User",
      cell: ({ id, name, email }) => (
        <TwoLines
          first={
            <>
              <bdi title={name}>{name}</bdi>
              {id === me && <span className={classes.you}>you</span>}
            </>
          }
          second={<span title={email}>{email}</span>}
        />
      ),
    },
    { id: "role", header: "Role", width: 110, cell: ({ role }) => <span title={role}>{role}</span> },
    {
      id: "scope",
      header: "Reaches",
      width: 170,
      quiet: true,
      cell: ({ scope }) => <span title={scopeWords(scope)}>{scopeWords(scope)}</span>,
    },
    {
      id: "factor",
      header: "Second factor",
      width: 128,
      cell: ({ secondFactor }) =>
        secondFactor ? "authenticator" : <span className={classes.missing}>not set up</span>,
    },
    { id: "sessions", header: "Sessions", width: 92, numeric: true, quiet: true, cell: ({ sessions }) => sessions },
    {
      id: "seen",
      header: "Last sign-in",
      width: 116,
      quiet: true,
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? "never" : <RelativeTime at={lastSignInAt} every={60_000} />),
    },
    {
      id: "state",
      header: "State",
      width: 124,
      cell: ({ deactivatedAt }) =>
        deactivatedAt === null ? <Badge tone="ok">Active</Badge> : <Badge tone="quiet">Deactivated</Badge>,
    },
  ];
}

function OwnAccount() {
  return (
    <Link href="/account" className={classes.own}>
      Account
    </Link>
  );
}

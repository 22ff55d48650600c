"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { UserPlus, UserSearch } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { usersQuery } from "@/client/access-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowedEverywhere } from "@/components/shell/user";
import layout from "@/components/ui/layout.module.css";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SearchField } from "@/components/ui/search-field";
import { useAddressedDialog } from "@/components/ui/use-addressed-dialog";
import type { UserRow } from "@/lib/access/contract";
import { Invitations } from "./invitations";
import { UsersTable } from "./users-table";

const InviteDialog = lazyDialog(() => import("./invite-dialog").then((module) => module.InviteDialog));

/** Everybody who may sign in, and whom the door was opened for. */
export function UsersScreen() {
  const { data, error, refetch } = useQuery(usersQuery());
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const { opened, open, close } = useAddressedDialog("invite");
  const mayInvite = useAllowedEverywhere("users:create");
  const found = data?.users.filter((user) => matches(user, search)) ?? [];
  return (
    <>
      <PageHeader title="Users" note="Who may sign in, what they may do, and which tenants that reaches">
        <ExportMenu table="users" what="Users" input={{ search: search.trim() }} />
        {mayInvite && (
          <Button size="xs" leftSection={<UserPlus size={14} aria-hidden="true" />} onClick={open}>
            Invite
          </Button>
        )}
      </PageHeader>
      <div className={layout.stack}>
        <Invitations />
        {!data && error && <LoadError what="The users" error={error} retry={refetch} />}
        {data && (
          <Panel
            title={data.users.length === 1 ? "1 user" : `${data.users.length} users`}
            actions={
              (data.users.length > 8 || search !== "") && (
                <SearchField
                  label="Search users"
                  placeholder="Name, e-mail or role"
                  value={search}
                  onChange={setSearch}
                />
              )
            }
            flush
          >
            {found.length > 0 ? (
              <UsersTable users={found} />
            ) : (
              <Message
                icon={UserSearch}
                title="Nobody matches"
                action={
                  <Button variant="default" size="xs" onClick={() => void setSearch(null)}>
                    Show everybody
                  </Button>
                }
              >
                Search looks at names, e-mail addresses and roles.
              </Message>
            )}
          </Panel>
        )}
      </div>
      <InviteDialog opened={opened && mayInvite} close={close} />
    </>
  );
}

function matches({ name, email, role }: UserRow, search: string): boolean {
  return `${name} ${email} ${role}`.toLowerCase().includes(search.trim().toLowerCase());
}

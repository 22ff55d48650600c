"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { invitationsQuery } from "@/client/access-queries";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowedEverywhere } from "@/components/shell/user";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import { LoadError } from "@/components/ui/load-error";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { calendarDay } from "@/components/ui/time";
import {
  type InvitationRow,
  listInvitationsContract,
  withdrawInvitationContract,
} from "@/lib/access/contract-invitations";
import { scopeWords } from "@/lib/kernel/scope";

const columns: Column<InvitationRow>[] = [
  { id: "email", header: "E-mail", cell: ({ email }) => <span title={email}>{email}</span> },
  { id: "role", header: "Role", width: 110, cell: ({ role }) => role },
  {
    id: "scope",
    header: "Reaches",
    width: 170,
    quiet: true,
    cell: ({ scope }) => <span title={scopeWords(scope)}>{scopeWords(scope)}</span>,
  },
  {
    id: "by",
    header: "Invited by",
    width: 180,
    quiet: true,
    cell: ({ invitedBy }) => <bdi title={invitedBy}>{invitedBy}</bdi>,
  },
  { id: "at", header: "Invited", width: 104, quiet: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { id: "until", header: "Ends", width: 104, quiet: true, cell: ({ expiresAt }) => <Day at={expiresAt} /> },
];

/** The invitations that are still open; nothing when there is none. */
export function Invitations() {
  const { data, error, refetch } = useQuery(invitationsQuery());
  const mayWithdraw = useAllowedEverywhere("users:create");
  if (error && !data) return <LoadError what="Open invitations" error={error} retry={refetch} />;
  if (!data || data.invitations.length === 0) return null;
  return (
    <Panel
      title="Open invitations"
      actions={<ExportMenu table="invitations" what="Open invitations" input={{}} />}
      flush
    >
      <DataTable
        label="Open invitations"
        columns={columns}
        rows={data.invitations}
        {...(mayWithdraw && { actions: (invitation: InvitationRow) => <Withdraw invitation={invitation} /> })}
      />
    </Panel>
  );
}

function Day({ at }: { at: string }) {
  return (
    <time dateTime={at} suppressHydrationWarning>
      {calendarDay(at)}
    </time>
  );
}

function Withdraw({ invitation: { id, email } }: { invitation: InvitationRow }) {
  const [opened, setOpened] = useState(false);
  const readAgain = useReadAgain();
  const submit = useSubmit(
    withdrawInvitationContract,
    () => {
      readAgain(listInvitationsContract);
      setOpened(false);
    },
    () => `Withdraw the invitation of ${email}.`,
  );
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)} aria-label={`Withdraw ${email}`}>
        Withdraw
      </Button>
      <ConfirmDialog
        opened={opened}
        close={() => setOpened(false)}
        title={`Withdraw the invitation of ${email}?`}
        verb="Withdraw"
        submit={submit}
        onConfirm={() => submit.mutate({ id })}
      >
        <p>Its link stops working at once. You can invite them again.</p>
      </ConfirmDialog>
    </>
  );
}

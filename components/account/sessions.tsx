"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { sessionsQuery } from "@/client/access-queries";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import { FormError } from "@/components/ui/form-error";
import { LoadError } from "@/components/ui/load-error";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import { sayDone } from "@/components/ui/toast";
import {
  endAllSessionsContract,
  endSessionContract,
  listSessionsContract,
  type SessionView,
} from "@/lib/accounts/contract-account";
import classes from "./account.module.css";

const columns: Column<SessionView>[] = [
  {
    id: "device",
    header: "Device",
    cell: ({ device, current }) => (
      <>
        <span title={device}>{device}</span>
        {current && <span className={classes.here}>this one</span>}
      </>
    ),
  },
  { id: "address", header: "Address", width: 190, cell: ({ ipAddress }) => ipAddress ?? "not known" },
  {
    id: "seen",
    header: "Last seen",
    width: 130,
    quiet: true,
    cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
  },
  {
    id: "since",
    header: "Signed in",
    width: 130,
    quiet: true,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];

/** Where one is signed in, and the way to end it elsewhere. */
export function Sessions() {
  const { data, error, refetch } = useQuery(sessionsQuery());
  const others = data?.sessions.filter((session) => !session.current).length ?? 0;
  const readAgain = useReadAgain();
  const deviceOf = (id: string) => data?.sessions.find((session) => session.id === id)?.device ?? "that session";
  const end = useSubmit(
    endSessionContract,
    () => {
      readAgain(listSessionsContract);
      sayDone("That session ended.");
    },
    ({ id }) => `Sign out ${deviceOf(id)}.`,
  );
  return (
    <Panel title="Sessions" actions={others > 0 && <EndOthers others={others} />} flush>
      {!data && error && <LoadError what="Your sessions" error={error} retry={refetch} />}
      <FormError error={end.error} title="The session was not ended" />
      {data && (
        <DataTable
          label="Sessions"
          columns={columns}
          rows={data.sessions}
          actions={(session) =>
            !session.current && (
              <Button
                size="compact-xs"
                variant="default"
                loading={end.isPending && end.variables.id === session.id}
                onClick={() => end.mutate({ id: session.id })}
                aria-label={`Sign out ${session.device}`}
              >
                Sign out
              </Button>
            )
          }
        />
      )}
    </Panel>
  );
}

function EndOthers({ others }: { others: number }) {
  const [opened, { open, close }] = useDisclosure(false);
  const readAgain = useReadAgain();
  const submit = useSubmit(
    endAllSessionsContract,
    ({ ended }) => {
      readAgain(listSessionsContract);
      sayDone(`${plural(ended, "session")} ended.`);
      close();
    },
    () => "Sign out everywhere else.",
  );
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        Sign out everywhere else
      </Button>
      <ConfirmDialog
        opened={opened}
        close={close}
        title="Sign out everywhere else?"
        verb="Sign out"
        submit={submit}
        onConfirm={() => submit.mutate({ keepThis: "true" })}
      >
        <p>{plural(others, "other session ends", "other sessions end")} at once; this one stays.</p>
      </ConfirmDialog>
    </>
  );
}

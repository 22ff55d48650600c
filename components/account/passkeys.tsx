"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Fingerprint, Plus } from "lucide-react";
import { useState } from "react";
import { usePasskeys } from "@/client/passkey";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { sayDone } from "@/components/ui/toast";
import { type Account, removePasskeyContract, showAccountContract } from "@/lib/accounts/contract-account";
import { AddPasskeyDialog } from "./add-passkey-dialog";

type Passkey = Account["passkeys"][number];

const columns: Column<Passkey>[] = [
  { id: "name", header: "Passkey", cell: ({ name }) => <bdi title={name}>{name}</bdi> },
  {
    id: "kept",
    header: "Kept",
    width: 190,
    quiet: true,
    cell: ({ backedUp }) => (backedUp ? "in sync between devices" : "on one device only"),
  },
  { id: "added", header: "Added", width: 130, quiet: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  {
    id: "used",
    header: "Last used",
    width: 130,
    quiet: true,
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? "never" : <RelativeTime at={lastUsedAt} />),
  },
];

/** The passkeys: each stands in for the authenticator's code. */
export function Passkeys({ passkeys }: { passkeys: Passkey[] }) {
  const [opened, { open, close }] = useDisclosure(false);
  const supported = usePasskeys();
  return (
    <Panel
      title="Passkeys"
      note="instead of a code, after the password"
      actions={
        supported && (
          <Button size="xs" variant="default" leftSection={<Plus size={14} aria-hidden="true" />} onClick={open}>
            Add a passkey
          </Button>
        )
      }
      flush
    >
      {passkeys.length === 0 ? (
        <Message icon={Fingerprint} title="No passkey yet">
          With a passkey, a fingerprint, a face or a security key stands in for the six digits, and can't be phished.
        </Message>
      ) : (
        <DataTable
          label="Passkeys"
          columns={columns}
          rows={passkeys}
          actions={(passkey) => <Remove passkey={passkey} />}
        />
      )}
      <AddPasskeyDialog opened={opened} close={close} />
    </Panel>
  );
}

function Remove({ passkey: { id, name } }: { passkey: Passkey }) {
  const [opened, setOpened] = useState(false);
  const readAgain = useReadAgain();
  const submit = useSubmit(
    removePasskeyContract,
    () => {
      readAgain(showAccountContract);
      sayDone(`The passkey ${name} was removed.`);
      setOpened(false);
    },
    () => `Remove the passkey ${name}.`,
  );
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)} aria-label={`Remove ${name}`}>
        Remove
      </Button>
      <ConfirmDialog
        opened={opened}
        close={() => setOpened(false)}
        title={`Remove ${name}?`}
        verb="Remove passkey"
        dangerous
        submit={submit}
        onConfirm={() => submit.mutate({ id })}
      >
        <p>It no longer signs you in. Delete it on the device as well, so that it is not offered again.</p>
      </ConfirmDialog>
    </>
  );
}

"use client";

import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keysQuery } from "@/client/access-queries";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { useAllowed } from "@/components/shell/user";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { sayDone } from "@/components/ui/toast";
import { listUsersContract, setUserActiveContract, type UserRow } from "@/lib/access/contract";
import { listKeysContract } from "@/lib/keys/contract";
import type { UserDialogProps } from "./user-dialogs";

/** Shuts a user out, at once, and tells what that means. */
export function DeactivateDialog({ user, opened, close }: UserDialogProps) {
  const [revokeKeys, setRevokeKeys] = useState(false);
  const keys = useKeysOf(user, opened);
  const readAgain = useReadAgain();
  const submit = useSubmit(
    setUserActiveContract,
    () => {
      readAgain(listUsersContract, listKeysContract);
      sayDone(`${user.name} was deactivated.`);
      close();
    },
    (input) => `Deactivate ${user.name} (${user.email})${input.revokeKeys ? " and revoke the keys they made" : ""}.`,
  );
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={`Deactivate ${user.name}?`}
      verb="Deactivate"
      dangerous
      submit={submit}
      onConfirm={() => submit.mutate({ id: user.id, active: false, revokeKeys })}
    >
      <ul>
        <li>
          {user.sessions === 0
            ? "They can no longer sign in."
            : "Their sessions end at once; they can't sign in again."}
        </li>
        <li>What they did stays in the audit trail under their name.</li>
        <li>You can let them in again later, with the same role.</li>
      </ul>
      {keys !== 0 && (
        <Checkbox
          label={keys === null ? "Revoke the API keys they made" : revokeWords(keys)}
          description="Programs that use such a key stop working at once."
          checked={revokeKeys}
          onChange={(event) => setRevokeKeys(event.currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  );
}

function revokeWords(keys: number): string {
  return keys === 1 ? "Revoke the API key they made" : `Revoke the ${keys} API keys they made`;
}

/** How many working keys a user made; null when that is not known here. */
function useKeysOf(user: UserRow, opened: boolean): number | null {
  const mayRead = useAllowed("keys:read");
  const { data } = useQuery({ ...keysQuery(), enabled: mayRead && opened });
  if (!data) return null;
  return data.keys.filter((key) => key.state === "active" && key.createdBy === user.email).length;
}

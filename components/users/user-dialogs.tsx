"use client";

import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { sayDone } from "@/components/ui/toast";
import {
  endUserSessionsContract,
  listUsersContract,
  resetSecondFactorContract,
  setUserActiveContract,
  type UserRow,
} from "@/lib/access/contract";

/** What every dialog about one user needs. */
export type UserDialogProps = { user: UserRow; opened: boolean; close: () => void };

/** Ends all of a user's sessions. */
export function SignOutDialog({ user, opened, close }: UserDialogProps) {
  const readAgain = useReadAgain();
  const submit = useSubmit(
    endUserSessionsContract,
    () => {
      readAgain(listUsersContract);
      sayDone(`${user.name} was signed out everywhere.`);
      close();
    },
    () => `Sign ${user.name} (${user.email}) out everywhere.`,
  );
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={`Sign ${user.name} out everywhere?`}
      verb="Sign out"
      submit={submit}
      onConfirm={() => submit.mutate({ id: user.id })}
    >
      <p>
        {user.sessions === 1 ? "Their session ends" : `Their ${user.sessions} sessions end`} at once. They can sign in
        again with their password and second factor.
      </p>
    </ConfirmDialog>
  );
}

/** Removes a user's second factor, so that they enrol a new one. */
export function ResetFactorDialog({ user, opened, close }: UserDialogProps) {
  const readAgain = useReadAgain();
  const submit = useSubmit(
    resetSecondFactorContract,
    () => {
      readAgain(listUsersContract);
      sayDone(`${user.name} sets up a new authenticator at the next sign-in.`);
      close();
    },
    () => `Reset the second factor of ${user.name} (${user.email}).`,
  );
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={`Reset ${user.name}'s second factor?`}
      verb="Reset second factor"
      dangerous
      submit={submit}
      onConfirm={() => submit.mutate({ id: user.id })}
    >
      <p>Be sure that it is really {user.name} who asks: until a new one is set up, the password alone signs in.</p>
      <ul>
        <li>Their authenticator, passkeys and recovery codes stop working.</li>
        <li>Their sessions end at once.</li>
        <li>At the next sign-in they set up a new authenticator before anything else.</li>
      </ul>
    </ConfirmDialog>
  );
}

/** Lets a deactivated user in again. */
export function ReactivateDialog({ user, opened, close }: UserDialogProps) {
  const readAgain = useReadAgain();
  const submit = useSubmit(
    setUserActiveContract,
    () => {
      readAgain(listUsersContract);
      sayDone(`${user.name} may sign in again.`);
      close();
    },
    () => `Let ${user.name} (${user.email}) in again as ${user.role}.`,
  );
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={`Let ${user.name} in again?`}
      verb="Let in again"
      submit={submit}
      onConfirm={() => submit.mutate({ id: user.id, active: true })}
    >
      <p>
        They sign in with the password and second factor that they had, as {user.role}. Keys that were revoked stay
        revoked.
      </p>
    </ConfirmDialog>
  );
}

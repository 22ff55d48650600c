"use client";

import { Button } from "@mantine/core";
import { useRef } from "react";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { Link } from "@/components/ui/link";
import { plural } from "@/components/ui/plural";
import { sayDone } from "@/components/ui/toast";
import { listRolesContract, type RoleRow, removeRoleContract } from "@/lib/access/contract-roles";

/** Deletes a custom role, once nobody has it any more. */
export function RemoveRoleDialog({ role, close }: { role: RoleRow | null; close: () => void }) {
  const readAgain = useReadAgain();
  // While the dialog fades out it keeps saying what it said.
  const last = useRef(role);
  if (role) last.current = role;
  const { name = "", users = 0 } = last.current ?? {};
  const submit = useSubmit(
    removeRoleContract,
    () => {
      readAgain(listRolesContract);
      sayDone(`The role ${name} was deleted.`);
      close();
    },
    () => `Delete the role ${name}.`,
  );
  if (users > 0) {
    return (
      <Dialog opened={role !== null} close={close} title={`The role ${name} is in use`}>
        <div className={classes.form}>
          <p>{plural(users, "user has", "users have")} it. Give them another role first; then it can be deleted.</p>
          <div className={classes.buttons}>
            <Button variant="default" onClick={close}>
              Close
            </Button>
            <Button component={Link} href={`/users?search=${encodeURIComponent(name)}`}>
              Show who has it
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      opened={role !== null}
      close={close}
      title={`Delete the role ${name}?`}
      verb="Delete role"
      dangerous
      submit={submit}
      onConfirm={() => submit.mutate({ name })}
    >
      <p>Nobody has it. It can be made again, permission by permission.</p>
    </ConfirmDialog>
  );
}

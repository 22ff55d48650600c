"use client";

import { Button } from "@mantine/core";
import { useSubmit } from "@/client/use-submit";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { ShownOnce } from "@/components/ui/shown-once";
import { exactDateTime } from "@/components/ui/time";
import { makePasswordLinkContract } from "@/lib/access/contract";
import type { UserDialogProps } from "./user-dialogs";

/** Makes a link by which a user sets a new password, and shows it once. */
export function PasswordLinkDialog({ user, opened, close }: UserDialogProps) {
  const submit = useSubmit(
    makePasswordLinkContract,
    undefined,
    () => `Make a link by which ${user.name} (${user.email}) sets a new password.`,
  );
  const leave = () => {
    close();
    submit.reset();
  };
  return (
    <Dialog opened={opened} close={leave} title={`New password for ${user.name}`} holds={submit.isSuccess}>
      {submit.data ? (
        <div className={classes.form}>
          <p>Give this link to {user.name} over a channel you trust.</p>
          <ShownOnce
            label="Link"
            value={submit.data.link}
            note={`Works once, until ${exactDateTime(submit.data.expiresAt)}. It is not shown again.`}
          />
          <div className={classes.buttons}>
            <Button onClick={leave}>Done</Button>
          </div>
        </div>
      ) : (
        <div className={classes.form}>
          <ul>
            <li>You get a link that works once, for a day.</li>
            <li>Until it is used, nothing changes. Then every session of theirs ends.</li>
            <li>Their second factor stays as it is.</li>
          </ul>
          <FormError error={submit.error} title="No link was made" />
          <div className={classes.buttons}>
            <Button variant="default" onClick={leave}>
              Cancel
            </Button>
            <Button loading={submit.isPending} onClick={() => submit.mutate({ id: user.id })} data-autofocus>
              Make link
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

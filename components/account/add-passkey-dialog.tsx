"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fieldErrors } from "@/client/field-errors";
import { makePasskey } from "@/client/passkey";
import { useReadAgain } from "@/client/read-again";
import { Cancelled } from "@/client/step-up";
import { useSubmit } from "@/client/use-submit";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { addPasskeyContract, showAccountContract, startPasskeyContract } from "@/lib/accounts/contract-account";

type AddPasskeyProps = { opened: boolean; close: () => void };

/** Adds a passkey: a name, the second factor, then what the browser asks. */
export function AddPasskeyDialog({ opened, close }: AddPasskeyProps) {
  return (
    <Dialog opened={opened} close={close} title="Add a passkey">
      <AddPasskey close={close} />
    </Dialog>
  );
}

function AddPasskey({ close }: { close: () => void }) {
  const [name, setName] = useState("");
  const [failure, setFailure] = useState<Error | null>(null);
  const [asking, setAsking] = useState(false);
  const readAgain = useReadAgain();
  const start = useSubmit(startPasskeyContract, undefined, () => `Add the passkey ${name.trim()} to your account.`);
  const add = useSubmit(addPasskeyContract, (passkey) => {
    readAgain(showAccountContract);
    sayDone(`The passkey ${passkey.name} was added.`);
    close();
  });
  const wrong = failure === null ? undefined : fieldErrors(addPasskeyContract.input, { name, response: "" }).name;

  async function make(options: Record<string, unknown>): Promise<void> {
    setAsking(true);
    try {
      add.mutate({ name, response: await makePasskey(options) });
    } catch (error) {
      // Closing the browser's window leaves the form as it was.
      if (!(error instanceof Cancelled)) setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setAsking(false);
    }
  }

  const send = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (name.trim() === "") return setFailure(new Error("nameless"));
    start.mutate({}, { onSuccess: ({ options }) => void make(options) });
  };
  const error = add.error ?? start.error ?? (wrong === undefined ? failure : null);
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        label="Name"
        description="By which you know it again, such as “work laptop”."
        maxLength={60}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        {...(wrong !== undefined && { error: wrong })}
      />
      <p className={classes.note}>You confirm with your second factor, then your browser asks where to keep it.</p>
      <FormError error={error} title="The passkey was not added" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={start.isPending || asking || add.isPending}>
          Add passkey
        </Button>
      </div>
    </form>
  );
}

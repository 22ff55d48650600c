"use client";

import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { AuthenticatorSecret } from "@/components/accounts/authenticator-secret";
import { CodeField, codeError } from "@/components/accounts/code-field";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import {
  changeAuthenticatorContract,
  showAccountContract,
  startAuthenticatorContract,
} from "@/lib/accounts/contract-account";
import type { OutputOf } from "@/lib/kernel/contract";

type MoveProps = { opened: boolean; close: () => void };

/** Moves to another authenticator: the present second factor, then a code from the new one. */
export function MoveAuthenticator({ opened, close }: MoveProps) {
  const start = useSubmit(
    startAuthenticatorContract,
    undefined,
    () => "Move to another authenticator. Confirm with the present one.",
  );
  const leave = () => {
    close();
    start.reset();
  };
  return (
    <Dialog opened={opened} close={leave} title="Move to another authenticator">
      {start.data ? (
        <Prove started={start.data} close={leave} />
      ) : (
        <div className={classes.form}>
          <p>
            You confirm with the second factor that you have, scan a new secret, and enter the first code of it. Until
            then the present authenticator goes on working; afterwards it no longer does. Passkeys and recovery codes
            stay.
          </p>
          <FormError error={start.error} title="Nothing was changed" />
          <div className={classes.buttons}>
            <Button variant="default" onClick={leave}>
              Cancel
            </Button>
            <Button loading={start.isPending} onClick={() => start.mutate({})} data-autofocus>
              Go on
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

type ProveProps = { started: OutputOf<typeof startAuthenticatorContract>; close: () => void };

function Prove({ started: { pending, ...secret }, close }: ProveProps) {
  const [code, setCode] = useState("");
  const readAgain = useReadAgain();
  const submit = useSubmit(changeAuthenticatorContract, () => {
    readAgain(showAccountContract);
    sayDone("Codes now come from the new authenticator.");
    close();
  });
  const send = (given: string) => {
    if (given.length === 6 && !submit.isPending) {
      submit.mutate({ pending, code: given }, { onError: () => setCode("") });
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <p>Scan this with the new app, then enter the code that it shows.</p>
      <AuthenticatorSecret {...secret} />
      <CodeField value={code} onChange={setCode} onComplete={send} error={codeError(submit.error)} />
      <FormError error={submit.error} title="Nothing was changed" atFields={["code"]} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Move
        </Button>
      </div>
    </form>
  );
}

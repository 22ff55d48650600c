"use client";

import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { Dialog } from "@/components/ui/dialog";
import formClasses from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { TypeToConfirm } from "@/components/ui/type-to-confirm";
import { listServersContract, removeServerContract, type ServerView } from "@/lib/servers/contract";
import classes from "./servers.module.css";

type RemoveServerDialogProps = { server: ServerView; opened: boolean; close: () => void };

/** Removes a server from the fleet, after its name was typed. */
export function RemoveServerDialog({ server, opened, close }: RemoveServerDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Remove ${server.name}?`}>
      <RemoveServerForm server={server} close={close} />
    </Dialog>
  );
}

function RemoveServerForm({ server: { id, name }, close }: Omit<RemoveServerDialogProps, "opened">) {
  const [typed, setTyped] = useState("");
  const readAgain = useReadAgain();
  const submit = useSubmit(
    removeServerContract,
    () => {
      readAgain(listServersContract);
      sayDone(`${name} was removed.`);
      close();
    },
    () => `Remove the server ${name} from the fleet.`,
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (typed === name) submit.mutate({ id, confirm: typed });
  };
  return (
    <form className={classes.form} onSubmit={send}>
      <p>
        Tenantry stops measuring it and forgets its password. Nothing on the server is changed. It can be removed once
        no tenant is on it, also none that is deleted and can still be restored.
      </p>
      <TypeToConfirm name={name} value={typed} onChange={setTyped} />
      <FormError error={submit.error} title="The server was not removed" />
      <div className={`${classes.buttons} ${formClasses.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" color="red" disabled={typed !== name} loading={submit.isPending}>
          Remove server
        </Button>
      </div>
    </form>
  );
}

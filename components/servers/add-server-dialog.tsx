"use client";

import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import formClasses from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { addServerContract, listServersContract } from "@/lib/servers/contract";
import classes from "./servers.module.css";

const empty = {
  name: "",
  region: "",
  host: "",
  port: "5432",
  adminUser: "",
  adminPassword: "",
  adminDatabase: "postgres",
  tls: false,
};

/** Adds a PostgreSQL server, after Tenantry has signed in to it. */
export function AddServerDialog({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Dialog opened={opened} close={close} title="Add a server" size="lg">
      <AddServerForm close={close} />
    </Dialog>
  );
}

function AddServerForm({ close }: { close: () => void }) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: addServerContract,
    initialValues: empty,
    input: (values: typeof empty) => values,
    onDone: (server) => {
      readAgain(listServersContract);
      sayDone(`${server.name} was added.`);
      close();
    },
    confirming: ({ name }) => `Add the server ${name.trim()}.`,
  });
  const text = (name: Exclude<keyof typeof empty, "tls">) => form.getInputProps(name);
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <div className={classes.pair}>
        <TextInput label="Name" placeholder="eu-1" data-autofocus {...text("name")} />
        <TextInput label="Region" placeholder="Frankfurt" {...text("region")} />
        <TextInput label="Host" placeholder="db.internal" spellCheck={false} {...text("host")} />
        <TextInput label="Port" inputMode="numeric" {...text("port")} />
        <TextInput label="Administrator role" placeholder="postgres" spellCheck={false} {...text("adminUser")} />
        <PasswordInput label="Password" autoComplete="off" {...text("adminPassword")} />
        <TextInput label="Database to sign in to" spellCheck={false} {...text("adminDatabase")} />
      </div>
      <Checkbox label="Encrypt the connection (TLS)" {...form.getInputProps("tls", { type: "checkbox" })} />
      <p>Tenantry signs in once before it saves. The password is kept encrypted and is never shown again.</p>
      <FormError error={submit.error} title="The server was not added" />
      <div className={`${classes.buttons} ${formClasses.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Add server
        </Button>
      </div>
    </form>
  );
}

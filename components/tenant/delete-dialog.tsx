"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useSubmit } from "@/client/use-submit";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { removeTenantContract, type TenantView } from "@/lib/tenants/contract";
import { useKeepTenant } from "./keep-tenant";
import classes from "./tenant.module.css";

type DeleteDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Deletes a tenant after its slug was typed. */
export function DeleteDialog({ tenant, opened, close }: DeleteDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Delete ${tenant.name}?`}>
      <DeleteForm tenant={tenant} close={close} />
    </Dialog>
  );
}

function DeleteForm({ tenant: { id, slug, database, adopted }, close }: { tenant: TenantView; close: () => void }) {
  const [typed, setTyped] = useState("");
  const keep = useKeepTenant();
  const submit = useSubmit(
    removeTenantContract,
    (tenant) => {
      keep(tenant);
      sayDone(`${tenant.name} is being deleted.`);
      close();
    },
    () => `Delete ${slug}.`,
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (typed === slug) submit.mutate({ id, confirm: typed });
  };
  return (
    <form className={classes.dialog} onSubmit={send}>
      <p>
        {adopted ? (
          <>
            The database <code>{database}</code> was adopted and stays where it is. Its role loses its rights and the
            tenant leaves the registry.
          </>
        ) : (
          <>
            The database <code>{database}</code> and everything in it is dropped. <strong>This can't be undone.</strong>
          </>
        )}
      </p>
      <TextInput
        label={
          <>
            Type <code>{slug}</code> to confirm
          </>
        }
        aria-label={`Type ${slug} to confirm`}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <FormError error={submit.error} title="The tenant was not deleted" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" color="red" disabled={typed !== slug} loading={submit.isPending}>
          Delete tenant
        </Button>
      </div>
    </form>
  );
}

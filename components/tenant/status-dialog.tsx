"use client";

import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useSubmit } from "@/client/use-submit";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { setTenantStatusContract } from "@/lib/tenants/contract-life";
import type { SettableStatus, TenantView } from "@/lib/tenants/shapes";
import { useKeepTenant } from "./keep-tenant";
import { statusChoices } from "./status-choices";
import classes from "./tenant.module.css";

type StatusDialogProps = { tenant: TenantView; to: SettableStatus | null; close: () => void };

/** Confirms a change of status: says what it does and asks for a reason. */
export function StatusDialog({ tenant, to, close }: StatusDialogProps) {
  // While the dialog fades out it keeps saying what it said.
  const last = useRef<SettableStatus>("active");
  if (to) last.current = to;
  const status = last.current;
  return (
    <Dialog opened={to !== null} close={close} title={`${statusChoices[status].verb} ${tenant.name}?`}>
      <StatusForm tenant={tenant} to={status} close={close} />
    </Dialog>
  );
}

function StatusForm({ tenant, to, close }: { tenant: TenantView; to: SettableStatus; close: () => void }) {
  const [reason, setReason] = useState("");
  const keep = useKeepTenant();
  const { verb, effect, done } = statusChoices[to];
  const submit = useSubmit(
    setTenantStatusContract,
    (changed) => {
      keep(changed);
      sayDone(`${changed.name} ${done}.`);
      close();
    },
    () => `${verb} ${tenant.name}`,
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit.mutate({ id: tenant.id, status: to, reason });
  };
  return (
    <form className={classes.dialog} onSubmit={send}>
      <ul>
        {effect.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Textarea
        label="Reason (optional)"
        description="Shown with the tenant and kept in its activity."
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={submit.error} title="The status was not changed" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" color={to === "blocked" ? "red" : "petrol"} loading={submit.isPending}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

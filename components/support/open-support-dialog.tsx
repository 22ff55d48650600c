"use client";

import { Button, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import { serverTime } from "@/client/now";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { listSupportContract, openSupportContract } from "@/lib/support/contract";
import { listActivitiesContract } from "@/lib/tenants/contract-activities";
import type { TenantView } from "@/lib/tenants/shapes";
import { type MadeLink, SupportLink } from "./support-link";

type OpenSupportDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Opens a tenant's app as support: asks why and for how long, then shows the link, which lives for a minute. */
export function OpenSupportDialog({ tenant, opened, close }: OpenSupportDialogProps) {
  const [made, setMade] = useState<MadeLink | null>(null);
  const leave = () => {
    close();
    setMade(null);
  };
  return (
    <Dialog opened={opened} close={leave} title={`Open ${tenant.name} as support`}>
      {made ? (
        <SupportLink made={made} again={() => setMade(null)} close={leave} />
      ) : (
        <OpenSupportForm tenant={tenant} onMade={setMade} close={leave} />
      )}
    </Dialog>
  );
}

const choices = [
  { value: "15", label: "15 minutes" },
  { value: "30", label: "30 minutes" },
  { value: "60", label: "1 hour" },
  { value: "120", label: "2 hours" },
  { value: "240", label: "4 hours" },
];

type OpenSupportFormProps = { tenant: TenantView; onMade: (made: MadeLink) => void; close: () => void };

function OpenSupportForm({ tenant, onMade, close }: OpenSupportFormProps) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: openSupportContract,
    initialValues: { reason: "", minutes: "30" },
    input: (values) => ({ id: tenant.id, ...values }),
    onDone: ({ url, expiresAt, access }) => {
      readAgain(listSupportContract, listActivitiesContract);
      // By this browser's clock, which may differ from the server's.
      onMade({ url, until: serverTime() + Date.parse(expiresAt) - Date.parse(access.createdAt) });
    },
    confirming: ({ minutes, reason }) =>
      `Open the app of ${tenant.name} as support for ${minutes} minutes. Reason: ${reason.trim()}`,
  });
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <ul>
        <li>You get a link into its app that works once, within a minute.</li>
        <li>The app shows that you are in as support, with your name. What you do there is real.</li>
        <li>The reason, and when and from where you enter, go to the timeline and the audit trail.</li>
      </ul>
      <Textarea
        label="Reason"
        description="Such as the ticket's number."
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        {...form.getInputProps("reason")}
      />
      <Select label="For" data={choices} allowDeselect={false} {...form.getInputProps("minutes")} />
      <FormError error={submit.error} title="No link was made" atFields={["reason", "minutes"]} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Make link
        </Button>
      </div>
    </form>
  );
}

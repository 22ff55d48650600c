"use client";

import { Button, Textarea } from "@mantine/core";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { type DomainDetail, vouchDomainContract } from "@/lib/domains/contract";
import { unicodeHost } from "@/lib/kernel/punycode";
import type { TenantView } from "@/lib/tenants/shapes";
import { useKeepDomains } from "./keep-domains";

type VouchDialogProps = { tenant: TenantView; domain: DomainDetail; opened: boolean; close: () => void };

/** Takes a domain as verified without DNS. */
export function VouchDialog({ opened, close, ...given }: VouchDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Vouch for ${unicodeHost(given.domain.hostname)}?`}>
      <VouchForm close={close} {...given} />
    </Dialog>
  );
}

function VouchForm({ tenant, domain, close }: Omit<VouchDialogProps, "opened">) {
  const keep = useKeepDomains(tenant.id);
  const { form, submit, send } = useContractForm({
    contract: vouchDomainContract,
    initialValues: { reason: "" },
    input: ({ reason }) => ({ id: tenant.id, domain: domain.id, reason }),
    onDone: (vouched) => {
      close();
      keep.one(vouched);
      sayDone(`${vouched.hostname} is verified by hand.`);
    },
    confirming: () => `Vouch for ${domain.hostname} of ${tenant.name}, without DNS.`,
  });
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <p>
        {tenant.name} answers under it at once, and DNS is not asked about it. Do this only where DNS can't prove it,
        such as in a private network, and where you know whose it is.
      </p>
      <Textarea
        label="Reason"
        description="Kept in the tenant's activity and in the audit trail."
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        {...form.getInputProps("reason")}
      />
      <FormError error={submit.error} title="The domain is not verified" atFields={["reason"]} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Vouch for it
        </Button>
      </div>
    </form>
  );
}

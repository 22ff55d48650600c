"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { addDomainContract, type DomainDetail } from "@/lib/domains/contract";
import { canonicalHost } from "@/lib/kernel/naming";
import { unicodeHost } from "@/lib/kernel/punycode";
import type { TenantView } from "@/lib/tenants/shapes";
import { useKeepDomains } from "./keep-domains";
import { TxtRecord } from "./txt-record";
import { bareHost } from "./words";

type AddDomainDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Adds a domain, and then says which record proves it. */
export function AddDomainDialog({ tenant, opened, close }: AddDomainDialogProps) {
  return (
    <Dialog opened={opened} close={close} title="Add a domain" size="lg">
      <AddDomain tenant={tenant} close={close} />
    </Dialog>
  );
}

type AddDomainProps = Omit<AddDomainDialogProps, "opened">;

function AddDomain({ tenant, close }: AddDomainProps) {
  const [added, setAdded] = useState<DomainDetail | null>(null);
  if (added) return <NextStep domain={added} close={close} />;
  return <AddDomainForm tenant={tenant} close={close} done={setAdded} />;
}

function AddDomainForm({ tenant, close, done }: AddDomainProps & { done: (added: DomainDetail) => void }) {
  const keep = useKeepDomains(tenant.id);
  const { form, submit, send } = useContractForm({
    contract: addDomainContract,
    initialValues: { hostname: "" },
    input: ({ hostname }) => ({ id: tenant.id, hostname: bareHost(hostname) }),
    onDone: (domain) => {
      keep.one(domain);
      if (domain.state !== "verified") return done(domain);
      sayDone(`${domain.hostname} was added.`);
      close();
    },
  });
  const { hostname } = form.values;
  const ascii = canonicalHost(bareHost(hostname));
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        label="Domain"
        placeholder="shop.example.com"
        description="A whole host name. Of a pasted address, https:// and the path are left out."
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        inputMode="url"
        data-autofocus
        {...form.getInputProps("hostname")}
        onBlur={() => hostname !== bareHost(hostname) && form.setFieldValue("hostname", bareHost(hostname))}
      />
      {ascii !== null && unicodeHost(ascii) !== ascii && (
        <p className={classes.note}>
          In DNS it is written <code>{ascii}</code>.
        </p>
      )}
      <p className={classes.note}>
        It answers once a TXT record in its DNS has proven whose it is. You get that record next. Its address (an A,
        AAAA or CNAME record) has to lead to your app as well.
      </p>
      <FormError error={submit.error} title="The domain was not added" atFields={["hostname"]} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Add domain
        </Button>
      </div>
    </form>
  );
}

function NextStep({ domain, close }: { domain: DomainDetail; close: () => void }) {
  return (
    <div className={classes.form}>
      <p role="status">
        <strong>{unicodeHost(domain.hostname)}</strong> was added. Now put this record into its DNS:
      </p>
      <TxtRecord record={domain.record} />
      <p className={classes.note}>
        DNS is asked by itself, first within a minute and then ever more seldom for thirty days. The record must stay.
        It is shown with the tenant's domains, too.
      </p>
      <div className={classes.buttons}>
        <Button onClick={close} data-autofocus>
          Done
        </Button>
      </div>
    </div>
  );
}

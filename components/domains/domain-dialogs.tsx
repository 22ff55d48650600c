"use client";

import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { sayDone } from "@/components/ui/toast";
import { type DomainDetail, removeDomainContract, setPrimaryDomainContract } from "@/lib/domains/contract";
import { unicodeHost } from "@/lib/kernel/punycode";
import type { TenantView } from "@/lib/tenants/shapes";
import { useKeepDomains } from "./keep-domains";

type DialogProps = { tenant: TenantView; domain: DomainDetail; opened: boolean; close: () => void };

/** Makes a domain the one that links use. */
export function PrimaryDialog({ tenant, domain, opened, close }: DialogProps) {
  const keep = useKeepDomains(tenant.id);
  const submit = useSubmit(setPrimaryDomainContract, (list) => {
    keep.all(list);
    sayDone(`${domain.hostname} is the primary domain.`);
    close();
  });
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={`Make ${unicodeHost(domain.hostname)} primary?`}
      verb="Make primary"
      submit={submit}
      onConfirm={() => submit.mutate({ id: tenant.id, domain: domain.id })}
    >
      <p>Links to the app of {tenant.name} use it from now on. Every other domain goes on answering.</p>
    </ConfirmDialog>
  );
}

/** Removes a domain from its tenant. */
export function RemoveDialog({ tenant, domain, opened, close, builtIn }: DialogProps & { builtIn: string }) {
  const keep = useKeepDomains(tenant.id);
  const submit = useSubmit(removeDomainContract, (list) => {
    close();
    keep.all(list);
    sayDone(`${domain.hostname} was removed.`);
  });
  const answers = domain.verifiedAt !== null;
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={`Remove ${unicodeHost(domain.hostname)}?`}
      verb="Remove domain"
      dangerous
      submit={submit}
      onConfirm={() => submit.mutate({ id: tenant.id, domain: domain.id })}
    >
      <p>
        {answers
          ? `Within a second ${tenant.name} does not answer under it any more, and another tenant can prove it.`
          : "It does not answer yet. To add it again, a new TXT record is needed."}
      </p>
      {domain.primary && (
        <p>It is the primary domain: links use the one that was verified first of the others, or else {builtIn}.</p>
      )}
    </ConfirmDialog>
  );
}

"use client";

import { Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useSubmit } from "@/client/use-submit";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { TypeToConfirm } from "@/components/ui/type-to-confirm";
import { removeTenantContract } from "@/lib/tenants/contract-life";
import type { TenantView } from "@/lib/tenants/shapes";
import { useKeepTenant } from "./keep-tenant";
import classes from "./tenant.module.css";

type SlugFormProps = { tenant: TenantView; close: () => void; purge: boolean; children: ReactNode };

/** Deletes or purges a tenant after its slug was typed. */
export function SlugForm({ tenant: { id, slug }, close, purge, children }: SlugFormProps) {
  const [typed, setTyped] = useState("");
  const keep = useKeepTenant();
  const submit = useSubmit(
    removeTenantContract,
    (tenant) => {
      keep(tenant);
      sayDone(tenant.status === "deleted" ? `${tenant.name} was deleted.` : `${tenant.name} is being purged.`);
      close();
    },
    () => (purge ? `Purge ${slug}, with no way back.` : `Delete ${slug}.`),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (typed === slug) submit.mutate({ id, confirm: typed, purge });
  };
  return (
    <form className={classes.dialog} onSubmit={send}>
      {children}
      <TypeToConfirm name={slug} value={typed} onChange={setTyped} />
      <FormError error={submit.error} title={purge ? "The tenant was not purged" : "The tenant was not deleted"} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" color="red" disabled={typed !== slug} loading={submit.isPending}>
          {purge ? "Purge now" : "Delete tenant"}
        </Button>
      </div>
    </form>
  );
}

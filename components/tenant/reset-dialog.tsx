"use client";

import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { runsQuery } from "@/client/bulk-queries";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { RelativeTime } from "@/components/ui/relative-time";
import { TypeToConfirm } from "@/components/ui/type-to-confirm";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./tenant.module.css";
import { useRunAction } from "./use-run-action";

type ResetDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Makes a tenant's database anew, after its slug was typed. */
export function ResetDialog({ tenant, opened, close }: ResetDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Reset the database of ${tenant.name}?`}>
      <ResetForm tenant={tenant} close={close} />
    </Dialog>
  );
}

function ResetForm({ tenant: { id, slug, database }, close }: Omit<ResetDialogProps, "opened">) {
  const [typed, setTyped] = useState("");
  const [seed, setSeed] = useState(false);
  const submit = useRunAction(`Reset the database of ${slug}, with no way back.`);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (typed === slug) submit.mutate({ id, action: "reset", seed });
  };
  return (
    <form className={classes.dialog} onSubmit={send}>
      <ul>
        <li>
          Everything in the database <code>{database}</code> is dropped. <strong>This can't be undone.</strong>
        </li>
        <li>It gets a new one with all migrations. The old one serves until that is whole; then connections end.</li>
        <LastExport tenant={id} />
        <li>Its role, password, status, limits and domains stay.</li>
      </ul>
      <Checkbox
        label="Seed it"
        description="Fill it with the data that a new tenant starts with."
        checked={seed}
        onChange={(event) => setSeed(event.currentTarget.checked)}
      />
      <TypeToConfirm name={slug} value={typed} onChange={setTyped} />
      <FormError error={submit.error} title="The database was not reset" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" color="red" disabled={typed !== slug} loading={submit.isPending}>
          Reset database
        </Button>
      </div>
    </form>
  );
}

/** When the tenant was last exported, as far as that is known. */
function LastExport({ tenant }: { tenant: string }) {
  const { data } = useInfiniteQuery(runsQuery({ tenant, action: ["export-data"], status: ["finished"], limit: 1 }));
  const last = data?.pages[0]?.runs[0];
  if (!data) return null;
  if (!last?.finishedAt) return <li>No export of it is known. Export it first, if anything in it counts.</li>;
  return (
    <li>
      The newest export that it was part of ended <RelativeTime at={last.finishedAt} />.
    </li>
  );
}

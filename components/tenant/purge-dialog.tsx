"use client";

import { Dialog } from "@/components/ui/dialog";
import type { TenantView } from "@/lib/tenants/shapes";
import { SlugForm } from "./slug-form";

type PurgeDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Purges a deleted tenant before its time of grace is over. */
export function PurgeDialog({ tenant, opened, close }: PurgeDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Purge ${tenant.name} now?`}>
      <SlugForm tenant={tenant} close={close} purge>
        <PurgeWords tenant={tenant} />
      </SlugForm>
    </Dialog>
  );
}

/** What a purge does, and that there is no way back. */
export function PurgeWords({ tenant: { database, adopted } }: { tenant: TenantView }) {
  return (
    <p>
      {adopted ? (
        <>
          The database <code>{database}</code> was adopted and stays where it is. Its role loses its rights and the
          tenant leaves the registry.
        </>
      ) : (
        <>
          The database <code>{database}</code> and everything in it is dropped now.
        </>
      )}{" "}
      <strong>This can't be undone.</strong>
    </p>
  );
}

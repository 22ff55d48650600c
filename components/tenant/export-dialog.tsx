"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { TenantView } from "@/lib/tenants/shapes";
import { useRunAction } from "./use-run-action";

type ExportDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Writes all rows of a tenant's database to a file that can be downloaded, or imported into another tenant. */
export function ExportDialog({ tenant: { id, name, slug }, opened, close }: ExportDialogProps) {
  const submit = useRunAction(`Export the data of ${slug}.`);
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={`Export the data of ${name}?`}
      verb="Export"
      submit={submit}
      onConfirm={() => submit.mutate({ id, action: "export-data" })}
    >
      <p>
        All rows of its database, as of one moment, are written to a file that psql loads. The bulk run has it for
        download; it can also be imported into another tenant.
      </p>
    </ConfirmDialog>
  );
}

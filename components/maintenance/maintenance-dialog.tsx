"use client";

import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { maintenanceQuery } from "@/client/queries";
import { Dialog } from "@/components/ui/dialog";
import { LoadError } from "@/components/ui/load-error";
import type { OutputOf } from "@/lib/kernel/contract";
import type { startMaintenanceContract } from "@/lib/maintenance/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import { MaintenanceForm } from "./maintenance-form";
import { MaintenanceMade } from "./maintenance-made";

type MaintenanceDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Puts a tenant's app into maintenance, or changes what it says; then shows the bypass link, once. */
export function MaintenanceDialog({ tenant, opened, close }: MaintenanceDialogProps) {
  const [made, setMade] = useState<OutputOf<typeof startMaintenanceContract> | null>(null);
  const leave = () => {
    close();
    setMade(null);
  };
  return (
    <Dialog opened={opened} close={leave} title={`Maintenance of ${tenant.name}`} size="lg" holds={made !== null}>
      {made ? <MaintenanceMade made={made} close={leave} /> : <Begin tenant={tenant} close={leave} onMade={setMade} />}
    </Dialog>
  );
}

type BeginProps = Omit<MaintenanceDialogProps, "opened"> & {
  onMade: (made: OutputOf<typeof startMaintenanceContract>) => void;
};

/** The form, once it is known what the app says now. */
function Begin({ tenant, ...rest }: BeginProps) {
  const { data, error, refetch } = useQuery(maintenanceQuery(tenant.id));
  if (data) return <MaintenanceForm tenant={tenant} now={data.maintenance} yourAddress={data.yourAddress} {...rest} />;
  if (error) return <LoadError what="Its maintenance" error={error} retry={refetch} />;
  return <Loader size="sm" aria-label="Loading" />;
}

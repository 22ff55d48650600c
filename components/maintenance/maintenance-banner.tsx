"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Construction } from "lucide-react";
import { useState } from "react";
import { maintenanceQuery } from "@/client/queries";
import { useSubmit } from "@/client/use-submit";
import { useAllowed } from "@/components/shell/user";
import classes from "@/components/ui/banner.module.css";
import { FormError } from "@/components/ui/form-error";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { sayDone } from "@/components/ui/toast";
import { endMaintenanceContract, type MaintenanceView } from "@/lib/maintenance/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import { At } from "./at";
import { useInMaintenance } from "./goes-on";
import { quoted } from "./quoted";
import { useReadTenantAgain } from "./read-tenant-again";

const MaintenanceDialog = lazyDialog(() => import("./maintenance-dialog").then((module) => module.MaintenanceDialog));

/** That a tenant's app is in maintenance: since when, by whom, until when, and the ways on. Nothing where it is not. */
export function MaintenanceBanner({ tenant }: { tenant: TenantView }) {
  const on = useInMaintenance(tenant);
  const { data } = useQuery({ ...maintenanceQuery(tenant.id), enabled: on });
  const mayChange = useAllowed("tenants:maintain");
  const [changing, setChanging] = useState(false);
  const readAgain = useReadTenantAgain();
  const end = useSubmit(endMaintenanceContract, () => {
    readAgain();
    sayDone(`The maintenance of ${tenant.name} ended.`);
  });
  if (!on || !tenant.maintenance) return null;
  const { message, startedAt, until } = tenant.maintenance;
  return (
    <section className={classes.banner} aria-label="Maintenance">
      <Construction size={18} aria-hidden="true" />
      <div className={classes.words}>
        <p>
          <strong>In maintenance.</strong> Visitors of its app get {quoted(message)} Begun{" "}
          <RelativeTime at={startedAt} />
          {data?.maintenance && ` by ${data.maintenance.startedBy}`};{" "}
          {until === null ? (
            "it goes on until somebody ends it."
          ) : (
            <>
              it ends by itself <At at={until} />.
            </>
          )}
          {data?.maintenance && servedToo(data.maintenance)}
        </p>
        <FormError error={end.error} title="The maintenance was not ended" />
      </div>
      {mayChange && (
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => setChanging(true)}>
            Change…
          </Button>
          <Button loading={end.isPending} onClick={() => end.mutate({ id: tenant.id })}>
            End maintenance
          </Button>
        </div>
      )}
      <MaintenanceDialog tenant={tenant} opened={changing} close={() => setChanging(false)} />
    </section>
  );
}

function servedToo({ allow }: MaintenanceView): string {
  return allow.length === 0 ? "" : ` Served as ever: ${allow.join(", ")}.`;
}

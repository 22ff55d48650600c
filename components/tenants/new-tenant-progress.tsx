"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/client/live";
import { tenantQuery } from "@/client/queries";
import { Steps } from "@/components/tenant/steps";
import { Link } from "@/components/ui/link";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./new-tenant.module.css";

/** How a new tenant is being made, step by step, until it can be opened. */
export function NewTenantProgress({ tenant, close }: { tenant: TenantView; close: () => void }) {
  useLive("tenants", `tenant:${tenant.id}`);
  const { data } = useQuery({ ...tenantQuery(tenant.id), initialData: tenant, refetchInterval: untilDone });
  const unproven = data.domains.filter(({ verified }) => !verified);
  return (
    <div className={classes.form}>
      <p style={{ margin: 0 }} role="status">
        {words(data)}
      </p>
      {unproven.length > 0 && (
        <p className={classes.note}>
          {unproven.map(({ hostname }) => hostname).join(", ")} answers once it is proven: its page shows the TXT
          record.
        </p>
      )}
      <Steps tenant={data} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {data.status === "provisioning" ? "Close, it goes on" : "Close"}
        </Button>
        <Button
          component={Link}
          href={`/tenants/${tenant.id}`}
          variant={data.status === "active" ? "filled" : "default"}
        >
          Open tenant
        </Button>
      </div>
    </div>
  );
}

function words({ name, status }: TenantView): string {
  if (status === "provisioning") return `${name} is being made. This takes a second or two.`;
  if (status === "failed") return `${name} is not ready: a step failed. Nothing is lost; the steps before it are kept.`;
  return `${name} is ready.`;
}

function untilDone({ state }: { state: { data: TenantView | undefined } }): number | false {
  return state.data?.status === "provisioning" ? 1000 : false;
}

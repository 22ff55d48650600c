"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useLive } from "@/client/live";
import { tenantQuery } from "@/client/queries";
import { ActivityPanel } from "@/components/activities/activity-panel";
import { TenantRuns } from "@/components/bulk/tenant-runs";
import { type DomainLinks, DomainsPanel } from "@/components/domains/domains-panel";
import { LeakBanner } from "@/components/isolation/leak-banner";
import { MaintenanceBanner } from "@/components/maintenance/maintenance-banner";
import { HoldersPanel } from "@/components/runtime/holders-panel";
import { useAllowed } from "@/components/shell/user";
import { VisitHint } from "@/components/start/visit-hint";
import { RiseNote } from "@/components/statements/rise-note";
import { StatementsPanel } from "@/components/statements/statements-panel";
import { SupportPanel } from "@/components/support/support-panel";
import layout from "@/components/ui/layout.module.css";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { AppError } from "@/lib/kernel/errors";
import type { TenantView } from "@/lib/tenants/shapes";
import { DeletedBanner } from "./deleted-banner";
import { Facts } from "./facts";
import { Steps } from "./steps";
import classes from "./tenant.module.css";
import { TenantCharts } from "./tenant-charts";
import { TenantHeader } from "./tenant-header";

const unsettled = { provisioning: "Being made", failed: "A step failed", deleting: "Being deleted" } as const;

type TenantScreenProps = {
  id: string;
  links: DomainLinks;
  /** For how long a deleted tenant can be restored. */
  graceDays: number;
};

/** One tenant: what it is, what it uses, what happened to it, and what can be done. */
export function TenantScreen({ id, ...shown }: TenantScreenProps) {
  const { data, error, refetch } = useQuery({
    ...tenantQuery(id),
    refetchInterval: ({ state }) => (state.data && state.data.status in unsettled && !state.error ? 2000 : false),
  });
  const gone = error instanceof AppError && error.code === "not_found";
  useLive(...(gone ? [] : [`tenant:${id}`, "tenants", "activities"]));
  if (gone) return <Gone />;
  if (!data) return error ? <LoadError what="The tenant" error={error} retry={refetch} /> : null;
  return <Tenant tenant={data} {...shown} />;
}

function Tenant({ tenant, links, graceDays }: Omit<TenantScreenProps, "id"> & { tenant: TenantView }) {
  const { status } = tenant;
  const seesFigures = useAllowed("metrics:read");
  const asksServer = seesFigures && !(status in unsettled) && status !== "deleted";
  const seesActivity = useAllowed("activities:read");
  const seesRuns = useAllowed("bulk:read");
  return (
    <div className={layout.stack}>
      <TenantHeader tenant={tenant} graceDays={graceDays} />
      <LeakBanner tenant={tenant.id} />
      {status === "deleted" && <DeletedBanner tenant={tenant} />}
      <MaintenanceBanner tenant={tenant} />
      {asksServer && <RiseNote tenant={tenant.id} />}
      {status in unsettled && (
        <Panel title={unsettled[status as keyof typeof unsettled]}>
          <Steps tenant={tenant} />
        </Panel>
      )}
      <Facts tenant={tenant} />
      {seesFigures && <VisitHint tenant={tenant} links={links} />}
      {seesFigures && <TenantCharts tenant={tenant} />}
      {asksServer && <StatementsPanel tenant={tenant.id} />}
      <div className={classes.pair}>
        {seesActivity && <ActivityPanel tenant={tenant.id} limit={12} />}
        <div className={layout.stack}>
          <DomainsPanel tenant={tenant} links={links} />
          {seesFigures && <HoldersPanel tenant={tenant.id} />}
          <SupportPanel tenant={tenant} />
          {seesRuns && <TenantRuns tenant={tenant.id} />}
        </div>
      </div>
    </div>
  );
}

function Gone() {
  return (
    <Message
      page
      icon={Trash2}
      title="This tenant is no longer there"
      action={<Link href="/tenants">All tenants</Link>}
    >
      It was deleted, with the database and the role that belonged to it.
    </Message>
  );
}

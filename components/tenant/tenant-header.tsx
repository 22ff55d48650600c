import { Button } from "@mantine/core";
import { RangeSwitch } from "@/components/charts/range-switch";
import { MaintenanceBadge } from "@/components/maintenance/maintenance-badge";
import { ReportButton } from "@/components/reports/report-button";
import { useAllowed } from "@/components/shell/user";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { MeasuredAt } from "@/components/ui/measured-at";
import { StatusBadge } from "@/components/ui/status-badge";
import { TenantMark } from "@/components/ui/tenant-mark";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./tenant.module.css";
import { TenantActions } from "./tenant-actions";

/** Who this is, how it stands, and what can be done. */
export function TenantHeader({ tenant, graceDays }: { tenant: TenantView; graceDays: number }) {
  const { id, name, slug, status, statusReason, measuredAt } = tenant;
  const seesFigures = useAllowed("metrics:read");
  return (
    <header className={classes.header}>
      <Breadcrumbs trail={[{ href: "/tenants", label: "Tenants" }]} here={slug} />
      <div className={classes.row}>
        <div className={classes.identity}>
          <TenantMark id={id} name={name} size={42} />
          <div className={classes.names}>
            <h1 className={classes.name} title={name}>
              <bdi>{name}</bdi>
            </h1>
            <div className={classes.under}>
              <code>{slug}</code>
              <StatusBadge status={status} />
              <MaintenanceBadge tenant={tenant} />
              {seesFigures && (
                <span>
                  <MeasuredAt at={measuredAt} />
                </span>
              )}
            </div>
          </div>
        </div>
        <div className={classes.actions}>
          {seesFigures && (
            <Button component={Link} href={`/tenants/${id}/history`} size="xs" variant="default">
              History
            </Button>
          )}
          <ReportButton kind="tenant-report" input={{ id, range: "30d" }} size="xs" />
          {seesFigures && <RangeSwitch />}
          <TenantActions tenant={tenant} graceDays={graceDays} />
        </div>
      </div>
      {statusReason !== null && statusReason !== "" && <Callout tone="warn">Reason: {statusReason}</Callout>}
    </header>
  );
}

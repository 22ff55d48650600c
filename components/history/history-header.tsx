import { GitCompareArrows } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCarry } from "@/components/analytics/carry";
import { PeriodBar } from "@/components/analytics/period-bar";
import { periodInput, searchPeriod } from "@/components/analytics/search-period";
import { SpanNote } from "@/components/analytics/span-note";
import { useBrowserZone } from "@/components/analytics/zone";
import { ExportMenu } from "@/components/reports/export-menu";
import { ReportButton } from "@/components/reports/report-button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { Span, TenantName } from "@/lib/history/shapes";
import classes from "./history.module.css";

/** Whose history it is, of when, and the ways from here. */
export function HistoryHeader({ tenant, span }: { tenant: TenantName; span: Span | undefined }) {
  const carry = useCarry();
  const [period] = useQueryStates(searchPeriod);
  const input = periodInput(period, useBrowserZone());
  return (
    <PageHeader
      title={`History of ${tenant.name}`}
      note={<SpanNote span={span} />}
      crumbs={{
        trail: [
          { href: "/tenants", label: "Tenants" },
          { href: `/tenants/${tenant.id}`, label: tenant.name },
        ],
        here: "History",
      }}
    >
      <Link href={carry("/analytics/compare", { tenant: tenant.id })} className={classes.link}>
        <GitCompareArrows size={15} aria-hidden="true" /> Compare
      </Link>
      <ReportButton kind="tenant-report" input={{ ...input, id: tenant.id }} size="xs" />
      <ExportMenu table="usage" what="Usage of this tenant" input={{ ...input, tenant: [tenant.id] }} />
      <PeriodBar />
    </PageHeader>
  );
}

import { Value } from "@/components/analytics/change";
import { TenantLink } from "@/components/analytics/tenant-link";
import { Swatch } from "@/components/charts/swatch";
import { tenantLooks } from "@/components/charts/tenant-lines";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import classes from "./compare.module.css";
import type { Compared } from "./compare-chart";

type Row = Compared["tenants"][number] & { id: string; look: ReturnType<typeof tenantLooks>[number] | undefined };

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

/** Each tenant's figures as measured, whatever the chart shows. */
export function CompareTable({ compared: { tenants, metric } }: { compared: Compared }) {
  const looks = tenantLooks(tenants.map(({ tenant }) => tenant.id));
  const rows = tenants.map((one, place): Row => ({ ...one, id: one.tenant.id, look: looks[place] }));
  return (
    <Panel title="Figures" note={`${metrics[metric].label}, as measured`} flush>
      <DataTable label="Figures of the compared tenants" columns={columnsOf(metric)} rows={rows} dense />
    </Panel>
  );
}

function columnsOf(metric: Metric): Column<Row>[] {
  const figure = (id: "avg" | "min" | "max" | "last", header: string): Column<Row> => ({
    id,
    header,
    width: 120,
    cell: ({ over }) => <Value metric={metric} value={over[id]} />,
  });
  return [
    {
      id: "tenant",
      header: "Tenant",
      cell: ({ tenant, look }) => (
        <span className={classes.tenant}>
          {look && <Swatch {...look} />}
          <TenantLink tenant={tenant} />
        </span>
      ),
    },
    figure("avg", "Mean"),
    figure("max", "Highest"),
    figure("min", "Lowest"),
    figure("last", "Newest"),
    {
      id: "known",
      header: "Known",
      width: 90,
      cell: ({ over }) => (
        <span title="the part of the period for which it was measured">{percent.format(over.known)}</span>
      ),
    },
  ];
}

"use client";

import { Button } from "@mantine/core";
import { ChartSpline } from "lucide-react";
import { useNow } from "@/client/now";
import { useZone } from "@/components/analytics/zone";
import { exactTimeIn, timeIn } from "@/components/analytics/zoned-time";
import { TenantCell } from "@/components/tenants/tenant-cell";
import { type Column, DataTable, TwoLines } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { Badge } from "@/components/ui/status-badge";
import { metrics } from "@/lib/kernel/metrics";
import { type Anomaly, farWords, historyPath, lasted, valueWords } from "./words";

/** The anomalies, each with the way to its tenant's history at that time. */
export function AnomaliesTable({ anomalies }: { anomalies: readonly Anomaly[] }) {
  const zone = useZone();
  const now = useNow(60_000);
  return (
    <DataTable
      label="Anomalies"
      rows={anomalies}
      columns={columns(zone)}
      actionsWidth={132}
      actions={(anomaly) => (
        <Button
          component={Link}
          href={historyPath(anomaly, now ?? Date.parse(anomaly.to ?? anomaly.from))}
          variant="default"
          size="compact-sm"
          leftSection={<ChartSpline size={14} aria-hidden="true" />}
          aria-label={`History of ${anomaly.tenant.name} at that time`}
        >
          History
        </Button>
      )}
    />
  );
}

function columns(zone: string): Column<Anomaly>[] {
  return [
    {
      id: "tenant",
      header: "Tenant",
      cell: ({ tenant }) => <TenantCell tenant={tenant} />,
    },
    {
      id: "far",
      header: "How far from usual",
      width: 330,
      wraps: true,
      cell: (anomaly) => (
        <TwoLines
          first={
            <>
              {metrics[anomaly.metric].label}: {farWords(anomaly)}
            </>
          }
          second={
            <span title={`${anomaly.score.toFixed(1)} times as far as values usually lie apart`}>
              {valueWords(anomaly)}
            </span>
          }
        />
      ),
    },
    {
      id: "when",
      header: "When",
      width: 190,
      cell: ({ from, to }) => (
        <TwoLines
          first={
            <time dateTime={from} title={exactTimeIn(zone, from)}>
              {timeIn(zone, from)}
            </time>
          }
          second={to === null ? "until now" : `for ${lasted(from, to)}`}
        />
      ),
    },
    {
      id: "state",
      header: "State",
      width: 110,
      cell: ({ to }) => (to === null ? <Badge tone="warn">Goes on</Badge> : <Badge tone="quiet">Over</Badge>),
    },
  ];
}

"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Stethoscope } from "lucide-react";
import { diagnosisQuery, healthQuery, orphansQuery } from "@/client/health-queries";
import layout from "@/components/ui/layout.module.css";
import { LoadError } from "@/components/ui/load-error";
import { PageHeader } from "@/components/ui/page-header";
import { DiagnosisPanel } from "./diagnosis-panel";
import { OrphansPanel } from "./orphans-panel";
import { PartsPanel } from "./parts-panel";
import { summary } from "./words";

/** How Tenantry itself stands, what is wrong with the fleet, and what on its servers is nobody's. */
export function HealthScreen() {
  const health = useQuery(healthQuery());
  const diagnosis = useQuery({ ...diagnosisQuery(), enabled: false });
  const orphans = useQuery({ ...orphansQuery(), enabled: false });
  const look = () => void Promise.all([diagnosis.refetch(), orphans.refetch()]);
  const looking = diagnosis.isFetching || orphans.isFetching;
  return (
    <div className={layout.stack}>
      <PageHeader title="Health" note={health.data ? summary(health.data) : "How each part stands"}>
        <Button size="xs" leftSection={<Stethoscope size={14} aria-hidden="true" />} loading={looking} onClick={look}>
          Diagnose
        </Button>
      </PageHeader>
      {health.error && <LoadError what="The health" error={health.error} retry={health.refetch} />}
      <DiagnosisPanel query={diagnosis} />
      {orphans.isFetched && <OrphansPanel query={orphans} />}
      {health.data && <PartsPanel health={health.data} />}
    </div>
  );
}

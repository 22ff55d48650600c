"use client";

import { Button } from "@mantine/core";
import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, Stethoscope, Wrench } from "lucide-react";
import { healthQuery } from "@/client/health-queries";
import { useSubmit } from "@/client/use-submit";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowedEverywhere } from "@/components/shell/user";
import { FormError } from "@/components/ui/form-error";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { sayDone, sayFailed } from "@/components/ui/toast";
import { type Diagnosis, mendContract } from "@/lib/fleet/contract";
import { FindingsTable } from "./findings-table";
import { diagnosisWords, mendedWords } from "./words";

const mostAtOnce = 100;

/** What is wrong, the worst first, with what mends it; empty until somebody wants to know. */
export function DiagnosisPanel({ query }: { query: UseQueryResult<Diagnosis> }) {
  const { data, error, isFetching, refetch } = query;
  const cache = useQueryClient();
  const mend = useSubmit(
    mendContract,
    (result) => {
      const whole = result.results.every(({ outcome }) => outcome === "mended" || outcome === "gone");
      (whole ? sayDone : sayFailed)(mendedWords(result));
      void refetch();
      void cache.invalidateQueries({ queryKey: healthQuery().queryKey });
    },
    ({ findings }) => (findings.length === 1 ? "Mend a finding" : `Mend ${findings.length} findings`),
  );
  const may = useAllowedEverywhere("system:maintain");
  const mendable = (data?.findings ?? []).filter((one) => one.mendable).slice(0, mostAtOnce);
  return (
    <Panel
      title="Diagnosis"
      note={
        data ? (
          <>
            {diagnosisWords(data)}, <RelativeTime at={data.at} />
          </>
        ) : (
          "The registry compared with every server; nothing is changed"
        )
      }
      flush
      actions={
        <>
          {data && data.findings.length > 0 && (
            <ExportMenu table="findings" what="Findings of a new diagnosis" input={{}} />
          )}
          {may && mendable.length > 1 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<Wrench size={14} aria-hidden="true" />}
              loading={mend.isPending}
              onClick={() => mend.mutate({ findings: mendable.map(({ id }) => id) })}
            >
              Mend all {mendable.length} that can be
            </Button>
          )}
        </>
      }
    >
      <FormError error={mend.error} title="Nothing was mended" />
      {error && <LoadError what="The diagnosis" error={error} retry={refetch} />}
      {!data && !error && <NotYet looking={isFetching} />}
      {data && data.findings.length === 0 && (
        <Message icon={CircleCheck} title="Nothing was found">
          {data.servers.every(({ asked }) => asked)
            ? "The registry and every server say the same."
            : "But not every server could be asked."}
        </Message>
      )}
      {data && data.findings.length > 0 && (
        <FindingsTable
          findings={data.findings}
          mend={may ? (id) => mend.mutate({ findings: [id] }) : undefined}
          mending={mend.isPending}
        />
      )}
    </Panel>
  );
}

function NotYet({ looking }: { looking: boolean }) {
  return (
    <Message icon={Stethoscope} title={looking ? "Every server is being asked…" : "Not looked yet"}>
      Diagnose finds steps that failed, databases and roles that are missing, statuses that PostgreSQL does not hold to,
      secrets that do not open, and more.
    </Message>
  );
}

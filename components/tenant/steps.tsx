"use client";

import { Button, Loader } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Circle, X } from "lucide-react";
import { tenantQuery, tenantStepsQuery } from "@/client/queries";
import { useSubmit } from "@/client/use-submit";
import { useAllowed } from "@/components/shell/user";
import { FormError } from "@/components/ui/form-error";
import { resumeTenantContract } from "@/lib/tenants/contract-life";
import type { StepView, TenantView } from "@/lib/tenants/shapes";
import classes from "./steps.module.css";

const unsettled = new Set(["provisioning", "failed", "deleting"]);

/** The steps by which a tenant is made or removed, with the way to try a failed one again. */
export function Steps({ tenant: { id, status } }: { tenant: TenantView }) {
  const cache = useQueryClient();
  const busy = status === "provisioning" || status === "deleting";
  const { data } = useQuery({ ...tenantStepsQuery(id), refetchInterval: busy ? 1000 : false });
  const resume = useSubmit(resumeTenantContract, (output) => {
    cache.setQueryData(tenantStepsQuery(id).queryKey, output);
    void cache.invalidateQueries({ queryKey: tenantQuery(id).queryKey });
  });
  const mayResume = useAllowed("tenants:create");
  const failed = data?.steps.some((step) => step.status === "failed") ?? false;
  return (
    <div className={classes.steps}>
      <ol className={classes.list} aria-label="Steps">
        {data?.steps.map((step) => (
          <Step key={`${step.saga} ${step.position}`} step={step} />
        ))}
      </ol>
      <FormError error={resume.error} title="The step was not tried again" />
      {mayResume && failed && unsettled.has(status) && (
        <Button
          size="xs"
          style={{ justifySelf: "start" }}
          loading={resume.isPending}
          onClick={() => resume.mutate({ id })}
        >
          Try again
        </Button>
      )}
    </div>
  );
}

function Step({ step: { label, status, attempts, error, startedAt, finishedAt } }: { step: StepView }) {
  const took = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
  return (
    <li className={classes.step} data-status={status}>
      <span className={classes.icon}>{icons[status]}</span>
      <span className={classes.label}>
        {label}
        <span className={classes.hidden}>: {status}</span>
      </span>
      <span className={classes.note}>
        {took !== null && status === "done" && duration(took)}
        {attempts > 1 && ` try ${attempts}`}
      </span>
      {error !== null && <span className={classes.error}>{error}</span>}
    </li>
  );
}

const icons = {
  pending: <Circle size={12} aria-hidden="true" />,
  running: <Loader size={14} aria-hidden="true" />,
  done: <Check size={14} strokeWidth={2.6} aria-hidden="true" />,
  failed: <X size={14} strokeWidth={2.6} aria-hidden="true" />,
} as const;

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

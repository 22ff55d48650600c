"use client";

import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { serversQuery } from "@/client/queries";
import { useAllowed } from "@/components/shell/user";
import classes from "@/components/ui/form.module.css";
import { capital } from "@/components/ui/status-badge";
import { errorUnder, TagsField } from "@/components/ui/tags-field";
import { plans } from "@/lib/kernel/naming";
import type { Scope } from "@/lib/kernel/scope";

const kinds = [
  { value: "all", label: "All tenants" },
  { value: "region", label: "Tenants of some regions" },
  { value: "plan", label: "Tenants on some plans" },
  { value: "tag", label: "Tenants with some tags" },
] as const;

type ScopeFieldProps = { value: Scope; errors: Record<string, unknown>; onChange: (scope: Scope) => void };

/** Chooses which tenants somebody's rights reach. */
export function ScopeField({ value, errors, onChange }: ScopeFieldProps) {
  const choose = (kind: string | null) => {
    if (kind === "all") onChange({ kind });
    else if (kind === "region" || kind === "plan" || kind === "tag") onChange({ kind, values: [] });
  };
  return (
    <div className={value.kind === "all" ? undefined : classes.pair}>
      <Select
        label="Reaches"
        data={kinds}
        allowDeselect={false}
        value={value.kind}
        onChange={choose}
        {...(value.kind === "all" && { description: "Users, keys, rules and the audit trail take all tenants." })}
      />
      {value.kind !== "all" && (
        <Values
          kind={value.kind}
          values={value.values}
          error={errorUnder(errors, "scope")}
          onChange={(values) => onChange({ kind: value.kind, values })}
        />
      )}
    </div>
  );
}

type ValuesProps = {
  kind: "region" | "plan" | "tag";
  values: string[];
  error: string | undefined;
  onChange: (values: string[]) => void;
};

function Values({ kind, values, error, onChange }: ValuesProps) {
  const { data } = useQuery({ ...serversQuery(), enabled: useAllowed("servers:read") && kind === "region" });
  if (kind === "plan") {
    return (
      <MultiSelect
        label="Plans"
        data={plans.map((plan) => ({ value: plan, label: capital(plan) }))}
        value={values}
        onChange={onChange}
        {...(error !== undefined && { error })}
      />
    );
  }
  const regions = [...new Set(data?.servers.map((server) => server.region) ?? [])];
  return kind === "region" ? (
    <TagsField
      label="Regions"
      placeholder="eu-west"
      value={values}
      error={error}
      suggestions={regions}
      spaces
      onChange={onChange}
    />
  ) : (
    <TagsField label="Tags" placeholder="vip" value={values} error={error} onChange={onChange} />
  );
}

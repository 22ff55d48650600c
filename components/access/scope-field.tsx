"use client";

import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { tenantFacetsQuery } from "@/client/queries";
import { useAllowed } from "@/components/shell/user";
import classes from "@/components/ui/form.module.css";
import { capital } from "@/components/ui/status-badge";
import { errorUnder, TagsField } from "@/components/ui/tags-field";
import { plans } from "@/lib/kernel/naming";
import type { Scope } from "@/lib/kernel/scope";
import { type Facets, Reach } from "./reach";

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
          scope={value}
          error={errorUnder(errors, "scope")}
          onChange={(values) => onChange({ kind: value.kind, values })}
        />
      )}
    </div>
  );
}

type ValuesProps = {
  scope: Exclude<Scope, { kind: "all" }>;
  error: string | undefined;
  onChange: (values: string[]) => void;
};

function Values({ scope, error, onChange }: ValuesProps) {
  const { data: facets } = useQuery({ ...tenantFacetsQuery(), enabled: useAllowed("tenants:read") });
  return (
    <div>
      <ValuesField scope={scope} facets={facets} error={error} onChange={onChange} />
      <Reach scope={scope} facets={facets} />
    </div>
  );
}

function ValuesField({
  scope: { kind, values },
  facets,
  error,
  onChange,
}: ValuesProps & { facets: Facets | undefined }) {
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
  const field = { value: values, error, onChange };
  return kind === "region" ? (
    <TagsField label="Regions" placeholder="eu-west" {...field} suggestions={words(facets?.regions)} spaces />
  ) : (
    <TagsField label="Tags" placeholder="vip" {...field} suggestions={words(facets?.tags)} />
  );
}

function words(facet: Facets["tags"] = []): string[] {
  return facet.map(({ value }) => value);
}

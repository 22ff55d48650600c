"use client";

import { Loader, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { tenantQuery, tenantsQuery } from "@/client/queries";

type TenantFieldProps = { value: string; error: string | undefined; onChange: (id: string) => void };

/** Chooses one tenant by typing a part of its name. */
export function TenantField({ value, error, onChange }: TenantFieldProps) {
  const [typed, setTyped] = useState("");
  const chosen = useQuery({ ...tenantQuery(value), enabled: value !== "" }).data;
  // The chosen one's own name, written into the field, is no search.
  const [search] = useDebouncedValue(chosen && typed === labelOf(chosen) ? "" : typed, 200);
  const { data, isFetching } = useQuery(tenantsQuery({ search, pageSize: 30 }));
  const found = data?.tenants ?? [];
  const offered = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      label="Tenant"
      placeholder="Type a part of its name"
      searchable
      allowDeselect={false}
      value={value === "" ? null : value}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched by name, slug and host already.
      filter={({ options }) => options}
      data={offered.map((tenant) => ({ value: tenant.id, label: labelOf(tenant) }))}
      nothingFoundMessage={isFetching ? "Searching…" : "No tenant matches"}
      rightSection={isFetching ? <Loader size={12} /> : undefined}
      onChange={(id) => onChange(id ?? "")}
      {...(error !== undefined && { error })}
    />
  );
}

function labelOf({ name, slug }: { name: string; slug: string }): string {
  return name === slug ? name : `${name} (${slug})`;
}

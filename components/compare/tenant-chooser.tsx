"use client";

import { ActionIcon, Loader, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueries, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { tenantQuery, tenantsQuery } from "@/client/queries";
import { TenantMark } from "@/components/ui/tenant-mark";
import classes from "./compare.module.css";
import { mostCompared } from "./search-compare";

type TenantChooserProps = { chosen: readonly string[]; choose: (ids: string[]) => void };

/** Chooses the tenants to compare, by typing a part of their name. */
export function TenantChooser({ chosen, choose }: TenantChooserProps) {
  const full = chosen.length >= mostCompared;
  return (
    <div className={classes.chooser}>
      <ul className={classes.chosen} aria-label="Compared tenants">
        <Chosen chosen={chosen} choose={choose} />
      </ul>
      {full ? (
        <span className={classes.full}>Eight is the most that can be told apart.</span>
      ) : (
        <AddTenant chosen={chosen} add={(id) => choose([...chosen, id])} />
      )}
    </div>
  );
}

function Chosen({ chosen, choose }: TenantChooserProps) {
  const found = useQueries({ queries: chosen.map((id) => tenantQuery(id)) });
  return chosen.map((id, index) => {
    const name = found[index]?.data?.name ?? (found[index]?.error ? "Not within reach" : "…");
    return (
      <li key={id} className={classes.one}>
        <TenantMark id={id} name={name} size={18} />
        <bdi className={classes.name}>{name}</bdi>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Leave out ${name}`}
          onClick={() => choose(chosen.filter((one) => one !== id))}
        >
          <X size={13} aria-hidden="true" />
        </ActionIcon>
      </li>
    );
  });
}

function AddTenant({ chosen, add }: { chosen: readonly string[]; add: (id: string) => void }) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 200);
  const { data, isFetching } = useQuery(tenantsQuery({ search, pageSize: 20 + mostCompared }));
  const offered = (data?.tenants ?? []).filter(({ id }) => !chosen.includes(id));
  return (
    <Select
      size="xs"
      className={classes.add ?? ""}
      aria-label="Add a tenant"
      placeholder="Add a tenant…"
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched by name, slug and host already.
      filter={({ options }) => options}
      data={offered.map(({ id, name, slug }) => ({ value: id, label: name === slug ? name : `${name} (${slug})` }))}
      nothingFoundMessage={isFetching ? "Searching…" : "No other tenant matches"}
      rightSection={isFetching ? <Loader size={12} /> : undefined}
      onChange={(id) => {
        if (id === null) return;
        add(id);
        setTyped("");
      }}
    />
  );
}

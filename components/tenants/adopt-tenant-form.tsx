"use client";

import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { serverDatabasesQuery } from "@/client/queries";
import { FormError } from "@/components/ui/form-error";
import { showBytes } from "@/components/ui/format";
import { adoptTenantContract } from "@/lib/tenants/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./new-tenant.module.css";
import { ServerSelect } from "./server-select";
import { TenantFields } from "./tenant-fields";
import { useNewTenantForm } from "./use-new-tenant-form";

const empty = { name: "", slug: "", domain: "", plan: "starter", serverId: "", database: "" };

type AdoptTenantFormProps = { onCreated: (tenant: TenantView) => void; cancel: () => void };

/** A tenant whose database exists already. */
export function AdoptTenantForm({ onCreated, cancel }: AdoptTenantFormProps) {
  const form = useNewTenantForm(adoptTenantContract, empty, onCreated);
  return (
    <form className={classes.form} onSubmit={form.send} noValidate>
      <ServerSelect {...form.field("serverId")} onChange={(id) => form.set("serverId", id)} />
      <DatabaseSelect
        server={form.values.serverId}
        {...form.field("database")}
        onChange={(name) => form.set("database", name)}
      />
      <TenantFields
        field={form.field}
        set={form.set}
        check={form.check}
        slugNote="Names its host and role. The database keeps its name and everything in it."
      />
      <FormError error={form.submit.error} title="The database was not adopted" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
        <Button type="submit" loading={form.submit.isPending}>
          Adopt database
        </Button>
      </div>
    </form>
  );
}

type DatabaseSelectProps = {
  server: string;
  value: string;
  error?: string | undefined;
  onChange: (name: string) => void;
};

function DatabaseSelect({ server, value, error, onChange }: DatabaseSelectProps) {
  const { data, error: failure, isFetching } = useQuery({ ...serverDatabasesQuery(server), enabled: server !== "" });
  const message = error ?? failure?.message;
  return (
    <Select
      label="Database"
      description="Databases on this server that no tenant owns."
      placeholder={isFetching ? "Loading databases…" : "Choose a database"}
      searchable
      required
      withAsterisk={false}
      disabled={server === ""}
      value={value === "" ? null : value}
      onChange={(name) => onChange(name ?? "")}
      nothingFoundMessage="Every database on this server has a tenant already."
      {...(message !== undefined && { error: message })}
      data={(data?.databases ?? []).map(({ name, owner, bytes }) => ({
        value: name,
        label: `${name} · owner ${owner} · ${bytes === null ? "size unknown" : showBytes(bytes)}`,
      }))}
    />
  );
}

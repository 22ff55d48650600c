"use client";

import { MultiSelect, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { serversQuery, tenantFacetsQuery } from "@/client/queries";
import { choiceLabel } from "@/components/bulk/json-fields";
import { Disclosure } from "@/components/ui/disclosure";
import { TagsField } from "@/components/ui/tags-field";
import type { KindView } from "@/lib/reports/shapes";
import { type Choice, type Filter, filtersOf } from "./choice";
import classes from "./reports.module.css";
import { TenantField } from "./tenant-field";

type FilterFieldsProps = {
  kind: KindView;
  choice: Choice;
  error: (path: string) => string | undefined;
  onChange: (part: Partial<Choice>) => void;
};

/** What narrows a report: what has to be told first, the rest folded away. */
export function FilterFields({ kind, choice, error, onChange }: FilterFieldsProps) {
  const filters = filtersOf(kind);
  const [first, rest] = [filters.filter(({ required }) => required), filters.filter(({ required }) => !required)];
  const set = (name: string, value: string | string[]) => onChange({ filters: { ...choice.filters, [name]: value } });
  const field = (filter: Filter) => (
    <FilterField
      key={filter.name}
      filter={filter}
      value={choice.filters[filter.name] ?? ""}
      error={error(`input.${filter.name}`)}
      set={(value) => set(filter.name, value)}
    />
  );
  const used = rest.filter(({ name }) => (choice.filters[name] ?? "").length > 0);
  return (
    <>
      {first.map(field)}
      {rest.length > 0 && (
        <Disclosure
          open={used.length > 0 || undefined}
          summary={
            used.length === 0 ? "Narrow it" : `Narrowed by ${used.map(({ label }) => label.toLowerCase()).join(", ")}`
          }
        >
          <div className={classes.filters}>{rest.map(field)}</div>
        </Disclosure>
      )}
    </>
  );
}

type FilterFieldProps = {
  filter: Filter;
  value: string | string[];
  error: string | undefined;
  set: (value: string | string[]) => void;
};

function FilterField({ filter, value, error, set }: FilterFieldProps) {
  const { name, label, kind, choices, description } = filter;
  const list = typeof value === "string" ? [] : value;
  const text = typeof value === "string" ? value : "";
  const shared = { label, ...(error !== undefined && { error }), ...(description !== null && { description }) };
  if (kind === "tenant") return <TenantField value={text} error={error} onChange={set} />;
  if (kind === "server") return <ServerField value={text} error={error} onChange={set} />;
  if (kind === "words") return <WordsField name={name} shared={shared} value={list} set={set} />;
  const data = choices.map((each) => ({ value: each, label: choiceLabel(each) }));
  if (kind === "many")
    return (
      <MultiSelect
        {...shared}
        data={data}
        value={list}
        onChange={set}
        clearable
        clearButtonProps={{ "aria-label": `Any ${label.toLowerCase()}` }}
        placeholder={list.length === 0 ? "Any" : ""}
      />
    );
  if (kind === "one")
    return (
      <Select
        {...shared}
        data={data}
        value={text === "" ? null : text}
        onChange={(chosen) => set(chosen ?? "")}
        clearable
        clearButtonProps={{ "aria-label": `Any ${label.toLowerCase()}` }}
        placeholder="Any"
      />
    );
  return (
    <TextInput
      {...shared}
      maxLength={200}
      autoComplete="off"
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

type WordsFieldProps = {
  name: string;
  shared: { label: string; error?: string };
  value: string[];
  set: (words: string[]) => void;
};

/** Words such as tags, of those that there are. */
function WordsField({ name, shared, value, set }: WordsFieldProps) {
  const { data } = useQuery(tenantFacetsQuery());
  const known = { plan: data?.plans, region: data?.regions, tag: data?.tags }[name] ?? [];
  return <TagsField {...shared} value={value} suggestions={known.map((facet) => facet.value)} onChange={set} />;
}

type IdFieldProps = { value: string; error: string | undefined; onChange: (id: string) => void };

function ServerField({ value, error, onChange }: IdFieldProps) {
  const { data } = useQuery(serversQuery());
  return (
    <Select
      label="Server"
      placeholder="Any"
      clearable
      clearButtonProps={{ "aria-label": "Any server" }}
      data={data?.servers.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value === "" ? null : value}
      onChange={(id) => onChange(id ?? "")}
      {...(error !== undefined && { error })}
    />
  );
}

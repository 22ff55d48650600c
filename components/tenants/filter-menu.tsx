"use client";

import { Button, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { serversQuery, tenantFacetsQuery } from "@/client/queries";
import { capital } from "@/components/ui/status-badge";
import { type Facet, FacetGroup } from "./facet-group";
import classes from "./filter-menu.module.css";
import type { FilterSearch } from "./search-tenants";

type FilterMenuProps = {
  view: FilterSearch;
  onChange: (part: Partial<FilterSearch>) => void;
  /** Something more to narrow by, above the rest. */
  children?: ReactNode;
};

/** Narrows the list by plan, tag, region and server, of those that there are. */
export function FilterMenu({ view, onChange, children }: FilterMenuProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<ListFilter size={13} aria-hidden="true" />}
          rightSection={<ChevronDown size={13} aria-hidden="true" />}
          onClick={toggle}
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ""} aria-label="Filter the list">
        {children}
        <Groups view={view} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Groups({ view, onChange }: Omit<FilterMenuProps, "children">) {
  const { data: facets } = useQuery(tenantFacetsQuery());
  const { data: servers } = useQuery(serversQuery());
  const there = servers?.servers.map(({ id, name, tenants }) => ({ value: id, label: name, tenants })) ?? [];
  return (
    <>
      <FacetGroup
        name="Plan"
        facets={offered(facets?.plans, view.plan, capital)}
        chosen={view.plan}
        onChange={(plan) => onChange({ plan })}
      />
      <FacetGroup
        name="Tag"
        facets={offered(facets?.tags, view.tag)}
        chosen={view.tag}
        onChange={(tag) => onChange({ tag })}
      />
      <FacetGroup
        name="Region"
        facets={offered(facets?.regions, view.region)}
        chosen={view.region}
        onChange={(region) => onChange({ region })}
      />
      <FacetGroup
        name="Server"
        facets={there}
        chosen={view.server === null ? [] : [view.server]}
        // The list is of one server or of all: another takes the place of the former.
        onChange={(chosen) => onChange({ server: chosen.at(-1) ?? null })}
      />
    </>
  );
}

/** Those that there are, and those that were chosen although no tenant has them any more. */
function offered(
  facets: readonly { value: string; tenants: number }[] = [],
  chosen: readonly string[],
  words = (value: string) => value,
): Facet[] {
  const gone = chosen.filter((value) => !facets.some((facet) => facet.value === value));
  return [...facets, ...gone.map((value) => ({ value, tenants: 0 }))].map(({ value, tenants }) => ({
    value,
    label: words(value),
    tenants,
  }));
}

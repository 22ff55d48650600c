"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { tenantQuery } from "@/client/queries";
import classes from "@/components/ui/filter-chips.module.css";
import { isUuid } from "./is-uuid";

/** Says that a page is narrowed to one tenant, and undoes it. */
export function OnlyTenant({ id, clear }: { id: string; clear: () => void }) {
  const { data } = useQuery({ ...tenantQuery(id), enabled: isUuid(id) });
  const name = data?.name ?? "one tenant";
  return (
    <button type="button" className={classes.chip} onClick={clear} aria-label={`Only ${name}: show all tenants`}>
      Only {name}
      <X size={13} aria-hidden="true" />
    </button>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { tenantQuery } from "@/client/queries";
import chips from "@/components/ui/filter-chips.module.css";
import { isUuid } from "./is-uuid";
import classes from "./only-tenant.module.css";

/** Says that a page is narrowed to one tenant, and undoes it. */
export function OnlyTenant({ id, clear }: { id: string; clear: () => void }) {
  const { data } = useQuery({ ...tenantQuery(id), enabled: isUuid(id) });
  const name = data?.name ?? "one tenant";
  return (
    <button
      type="button"
      className={`${chips.chip} ${classes.only}`}
      onClick={clear}
      title={name}
      aria-label={`Only ${name}: show all tenants`}
    >
      <span className={classes.name}>
        Only <bdi>{name}</bdi>
      </span>
      <X size={13} aria-hidden="true" />
    </button>
  );
}

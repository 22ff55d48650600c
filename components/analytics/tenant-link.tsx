"use client";

import { Link } from "@/components/ui/link";
import { TenantMark } from "@/components/ui/tenant-mark";
import type { TenantName } from "@/lib/history/shapes";
import classes from "./answer.module.css";
import { useTenantHistory } from "./carry";

/** A tenant's mark and name, which leads to its history over the page's period. */
export function TenantLink({ tenant: { id, name, slug } }: { tenant: TenantName }) {
  const history = useTenantHistory();
  return (
    <span className={classes.name}>
      <TenantMark id={id} name={name} size={20} />
      {/* The name's own direction: what is cut off is its end. */}
      <Link href={history(id)} title={name === slug ? name : `${name} (${slug})`} dir="auto">
        {name}
      </Link>
    </span>
  );
}

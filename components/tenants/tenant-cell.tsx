import type { ReactNode } from "react";
import { TwoLines } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import classes from "./tenant-cell.module.css";

type TenantCellProps = { tenant: { id: string; slug: string; name: string }; second?: ReactNode };

/** A tenant in a list: its name, which leads to its page, and its slug below. */
export function TenantCell({ tenant, second = tenant.slug }: TenantCellProps) {
  return (
    <TwoLines
      first={
        <Link href={`/tenants/${tenant.id}`} className={classes.name} title={tenant.name}>
          <bdi>{tenant.name}</bdi>
        </Link>
      }
      second={second}
    />
  );
}

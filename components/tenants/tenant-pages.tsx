import { Pagination } from "@mantine/core";
import { count } from "@/components/ui/format";
import { pageSize } from "./search-tenants";
import classes from "./tenants.module.css";

type TenantPagesProps = { total: number; page: number; onChange: (page: number) => void };

/** Which part of the list is shown, and the way to the others. */
export function TenantPages({ total, page, onChange }: TenantPagesProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const first = (page - 1) * pageSize + 1;
  if (total === 0) return null;
  return (
    <div className={classes.pages}>
      <span role="status">
        {first > total
          ? `of ${count(total)}`
          : `${count(first)}–${count(Math.min(total, page * pageSize))} of ${count(total)}`}
      </span>
      {pages > 1 && (
        <Pagination
          size="sm"
          total={pages}
          value={page}
          onChange={onChange}
          siblings={1}
          getItemProps={(item) => ({ "aria-label": `Page ${item}` })}
          getControlProps={(control) => ({ "aria-label": control === "next" ? "Next page" : "Previous page" })}
        />
      )}
    </div>
  );
}

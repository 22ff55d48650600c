import type { ChangeEvent, MouseEvent } from "react";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./select-box.module.css";
import type { TenantChoice } from "./use-selection";

/** The box that chooses one tenant; with Shift, all from the last one to it. The browser's own: a page has a hundred. */
export function SelectBox({ tenant, choice }: { tenant: TenantView; choice: TenantChoice }) {
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const { nativeEvent: native } = event;
    choice.toggle(tenant.id, event.currentTarget.checked, native instanceof globalThis.MouseEvent && native.shiftKey);
  };
  return (
    <label className={classes.target} onMouseDown={keepText}>
      <input
        type="checkbox"
        aria-label={`Select ${tenant.name} (${tenant.slug})`}
        checked={choice.has(tenant.id)}
        onChange={change}
      />
    </label>
  );
}

/** The box that chooses all tenants of the page. */
export function SelectPageBox({ choice, label }: { choice: TenantChoice; label?: string }) {
  return (
    <label className={classes.target}>
      <input
        type="checkbox"
        aria-label="Select all tenants on this page"
        checked={choice.page === "all"}
        ref={(box) => {
          if (box) box.indeterminate = choice.page === "some";
        }}
        onChange={() => choice.togglePage(choice.page !== "all")}
      />
      {label !== undefined && <span aria-hidden="true">{label}</span>}
    </label>
  );
}

// A click with Shift would select the words in between, too.
function keepText(event: MouseEvent): void {
  if (event.shiftKey) event.preventDefault();
}

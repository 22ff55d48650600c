import { tenantColor } from "./tenant-color";
import classes from "./tenant-mark.module.css";

/** A small square with the tenant's initial, in the colour that the tenant keeps everywhere. */
export function TenantMark({ id, name, size = 22 }: { id: string; name: string; size?: number }) {
  const initial = Array.from(new Intl.Segmenter().segment(name), (part) => part.segment)[0] ?? "";
  return (
    <span
      className={classes.mark}
      style={{ width: size, height: size, fontSize: size * 0.5, background: tenantColor(id) }}
      aria-hidden="true"
    >
      {initial.toUpperCase()}
    </span>
  );
}

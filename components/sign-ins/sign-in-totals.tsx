import { count } from "@/components/ui/format";
import type { signInsContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./sign-ins.module.css";

/** The period's sign-ins in five figures. */
export function SignInTotals({ data: { totals, quiet, tenants } }: { data: OutputOf<typeof signInsContract> }) {
  const all = totals.succeeded + totals.failed;
  const part = all === 0 ? null : (totals.failed / all) * 100;
  const figures = [
    { label: "Succeeded", value: count(totals.succeeded), note: null },
    {
      label: "Failed",
      value: count(totals.failed),
      note: part === null ? null : `${part < 10 ? part.toFixed(1) : Math.round(part)} % of all`,
    },
    { label: "Users", value: count(totals.users), note: "different ones who got in" },
    {
      label: "Quiet tenants",
      value: count(quiet),
      note: tenants.length === 0 ? null : "active, and nobody signed in",
    },
  ];
  return (
    <dl className={classes.totals}>
      {figures.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {note !== null && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { ShieldCheck } from "lucide-react";
import { DataTable } from "@/components/ui/data-table";
import { count } from "@/components/ui/format";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { signInsContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./sign-ins.module.css";

/** How many addresses are shown. */
const most = 10;

/** From where sign-ins failed most often. */
export function FailingAddresses({ failing }: { failing: OutputOf<typeof signInsContract>["failing"] }) {
  return (
    <Panel title="Failing addresses" note="most failures first" flush>
      {failing.length === 0 ? (
        <Message icon={ShieldCheck} title="None failed">
          Addresses whose sign-ins fail are listed here: one that fails at many tenants tries passwords.
        </Message>
      ) : (
        <DataTable
          label="Failing addresses"
          rows={failing.slice(0, most).map((row) => ({ ...row, id: row.address }))}
          columns={[
            {
              id: "address",
              header: "Address",
              cell: ({ address }) => <code className={classes.code}>{address}</code>,
            },
            {
              id: "failed",
              header: "Failed",
              width: 70,
              cell: ({ failed }) => <span className="tabular">{count(failed)}</span>,
            },
            {
              id: "tenants",
              header: "At tenants",
              width: 90,
              cell: ({ tenants }) => (
                <span className={classes.number} data-bad={tenants > 2 || undefined}>
                  {count(tenants)}
                </span>
              ),
            },
            { id: "last", header: "Last", width: 96, quiet: true, cell: ({ lastAt }) => <RelativeTime at={lastAt} /> },
          ]}
        />
      )}
    </Panel>
  );
}

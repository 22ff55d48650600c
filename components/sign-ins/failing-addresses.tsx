import { ShieldCheck } from "lucide-react";
import { ExportMenu } from "@/components/reports/export-menu";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import type { signInsContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./sign-ins.module.css";

/** How many addresses are shown. */
const most = 10;

type FailingAddressesProps = {
  failing: OutputOf<typeof signInsContract>["failing"];
  /** The page's period and filters. */
  input: Readonly<Record<string, unknown>>;
};

/** From where sign-ins failed most often. */
export function FailingAddresses({ failing, input }: FailingAddressesProps) {
  return (
    <Panel
      title="Failing addresses"
      note="most failures first"
      actions={failing.length > 0 && <ExportMenu table="failing-addresses" what="Failing addresses" input={input} />}
      flush
    >
      {failing.length === 0 ? (
        <Message icon={ShieldCheck} title="None failed">
          Addresses whose sign-ins fail are listed here: one that fails at many tenants tries passwords.
        </Message>
      ) : (
        <ol className={classes.addresses} aria-label="Failing addresses">
          {failing.slice(0, most).map(({ address, failed, tenants, lastAt }) => (
            <li key={address}>
              <code className={classes.code}>{address}</code>
              <span className={classes.failed}>{plural(failed, "failure")}</span>
              <span className={classes.spread}>
                <span className={classes.number} data-bad={tenants > 2 || undefined}>
                  at {plural(tenants, "tenant")}
                </span>
                , last <RelativeTime at={lastAt} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

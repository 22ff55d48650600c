import { CopyValue } from "@/components/ui/copy-value";
import type { DomainDetail } from "@/lib/domains/contract";
import classes from "./domains.module.css";

/** The TXT record that proves a domain, to be copied into its DNS. */
export function TxtRecord({ record }: Pick<DomainDetail, "record">) {
  return (
    <dl className={classes.record} aria-label="TXT record">
      <dt>Type</dt>
      <dd>TXT</dd>
      <dt>Name</dt>
      <dd>
        <CopyValue value={record.name} label="record's name" wraps />
      </dd>
      <dt>Value</dt>
      <dd>
        <CopyValue value={record.value} label="record's value" wraps />
      </dd>
    </dl>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import { CopyValue } from "@/components/ui/copy-value";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { capital } from "@/components/ui/status-badge";
import { Tags } from "@/components/ui/tags";
import type { TenantView } from "@/lib/tenants/contract";
import classes from "./tenant.module.css";

/** What a tenant is and where it lives. */
export function Facts({ tenant }: { tenant: TenantView }) {
  const { id, plan, region, tags, server, database, role, adopted, createdAt, usage, measuredAt } = tenant;
  return (
    <dl className={classes.facts} aria-label="Facts">
      <Fact label="Plan">{capital(plan)}</Fact>
      <Fact label="Server">
        {server.name}{" "}
        <Link href={`/tenants?region=${encodeURIComponent(region)}`} className={classes.tags}>
          {region}
        </Link>
      </Fact>
      <Fact label="Database">
        <CopyValue value={database} label="database name" />
      </Fact>
      <Fact label="Role">
        <CopyValue value={role} label="role name" />
      </Fact>
      <Fact label="Origin">
        {adopted ? "Adopted " : "Made for it "}
        <RelativeTime at={createdAt} />
      </Fact>
      <Fact label="Response time">
        <Figure metric="latency" usage={usage} measuredAt={measuredAt} />
      </Fact>
      <Fact label="Tags">{tags.length === 0 ? "none" : <Tags tags={tags} linked />}</Fact>
      <Fact label="Tenant id">
        <CopyValue value={id} label="tenant id" />
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

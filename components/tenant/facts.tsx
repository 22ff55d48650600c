import type { ReactNode } from "react";
import { useAllowed } from "@/components/shell/user";
import { SchemaBadge } from "@/components/tenants/schema-badge";
import { setLimitsPath } from "@/components/tenants/selection-path";
import { CopyValue } from "@/components/ui/copy-value";
import { Figure } from "@/components/ui/figure";
import { showLimit } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import { capital } from "@/components/ui/status-badge";
import { Tags } from "@/components/ui/tags";
import type { TenantLimits, TenantView } from "@/lib/tenants/shapes";
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
      <Fact label="Schema">
        <SchemaFact tenant={tenant} />
      </Fact>
      <Fact label="Origin">
        {adopted ? "Adopted " : "Made by Tenantry "}
        <RelativeTime at={createdAt} />
      </Fact>
      <Fact label="Response time">
        <Figure metric="latency" usage={usage} measuredAt={measuredAt} />
      </Fact>
      <Fact label="Limits">
        <LimitsFact tenant={tenant} />
      </Fact>
      <Fact label="Tags">{tags.length === 0 ? "none" : <Tags tags={tags} linked />}</Fact>
      <Fact label="Tenant id">
        <CopyValue value={id} label="tenant id" />
      </Fact>
    </dl>
  );
}

/** The newest migration, and what is wrong with the schema; who may see schemas gets there. */
function SchemaFact({ tenant: { id, schema } }: { tenant: TenantView }) {
  const mayLook = useAllowed("schema:read");
  if (schema === null) return "not known";
  const version = schema.version === "" ? "before the first migration" : schema.version;
  return (
    <>
      <SchemaBadge schema={schema} />{" "}
      {mayLook ? (
        <Link href={`/schema?tenant=${id}`} className={classes.tags} title={version}>
          {version}
        </Link>
      ) : (
        <span title={version}>{version}</span>
      )}
    </>
  );
}

/** Its limits; who may set them gets there. */
function LimitsFact({ tenant: { id, limits, status } }: { tenant: TenantView }) {
  const mayPlan = useAllowed("bulk:read");
  const maySet = useAllowed("tenants:update") && mayPlan && status !== "deleted" && status !== "deleting";
  return (
    <span className={classes.wraps}>
      {limitsInWords(limits)}{" "}
      {maySet && (
        <Link href={setLimitsPath(id)} className={classes.tags}>
          Set limits
        </Link>
      )}
    </span>
  );
}

/** What PostgreSQL holds its role to, shortly. */
function limitsInWords({
  connections,
  statementTimeoutSeconds,
  idleInTransactionSeconds,
  workMemMb,
  storageMb,
}: TenantLimits): string {
  const parts = [
    connections !== null && plural(connections, "connection"),
    statementTimeoutSeconds !== null && `${statementTimeoutSeconds} s a statement`,
    idleInTransactionSeconds !== null && `${idleInTransactionSeconds} s idle in a transaction`,
    workMemMb !== null && `${showLimit(workMemMb)} work memory`,
    storageMb !== null && `${showLimit(storageMb)} storage, watched`,
  ];
  return parts.filter(Boolean).join(", ") || "none of its own";
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

"use client";

import { Button } from "@mantine/core";
import { Database, SearchX } from "lucide-react";
import { useQueryState } from "nuqs";
import { DataTable, TwoLines } from "@/components/ui/data-table";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { Message } from "@/components/ui/message";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import type { TenantSchemaView } from "@/lib/drift/contract";
import classes from "./schema.module.css";
import { searchSchema } from "./search-schema";
import { standings } from "./states";

type SchemaTableProps = {
  tenants: TenantSchemaView[];
  latest: string | null;
  /** Whether there is no tenant at all. */
  empty: boolean;
  /** Takes back what narrows the list. */
  widen: () => void;
};

/** Tenants by where their schema stands; each opens to how it differs. */
export function SchemaTable({ tenants, latest, empty, widen }: SchemaTableProps) {
  const [, open] = useQueryState("tenant", searchSchema.tenant);
  if (empty)
    return (
      <Message icon={Database} title="No tenant yet" action={<Link href="/tenants">Tenants</Link>}>
        A tenant's schema is told here as soon as there is a tenant. A new one gets every migration.
      </Message>
    );
  if (tenants.length === 0)
    return (
      <Message
        icon={SearchX}
        title="No tenant matches"
        action={
          <Button variant="default" size="xs" onClick={widen}>
            Show all tenants
          </Button>
        }
      >
        None is in these states at this version. That may be good news.
      </Message>
    );
  return (
    <DataTable
      label="Tenants by schema"
      rows={tenants.map((each) => ({ ...each, id: each.tenant.id }))}
      columns={[
        {
          id: "tenant",
          header: "Tenant",
          cell: ({ tenant }) => (
            <TwoLines
              first={
                <button type="button" className={text.open} onClick={() => void open(tenant.id)} title={tenant.name}>
                  <bdi>{tenant.name}</bdi>
                </button>
              }
              second={tenant.slug}
            />
          ),
        },
        {
          id: "state",
          header: "State",
          width: 140,
          cell: (each) => (
            <span className={classes.states}>
              {standings(each).map(({ word, tone, title }) => (
                <Badge key={word} tone={tone} title={title}>
                  {word}
                </Badge>
              ))}
            </span>
          ),
        },
        {
          id: "version",
          header: "Newest migration",
          width: 220,
          cell: (each) => <Version of={each} latest={latest} />,
        },
        {
          id: "differences",
          header: "Differences",
          numeric: true,
          width: 110,
          cell: ({ differences, checkedAt }) =>
            checkedAt === null ? "—" : differences === 0 ? "none" : count(differences),
        },
        {
          id: "error",
          header: "Error",
          wraps: true,
          cell: ({ error }) => (
            <span className={classes.error} title={error ?? ""} data-some={error !== null || undefined}>
              {error ?? "—"}
            </span>
          ),
        },
        {
          id: "checked",
          header: "Checked",
          width: 110,
          quiet: true,
          cell: ({ checkedAt }) => (checkedAt === null ? "never" : <RelativeTime at={checkedAt} />),
        },
      ]}
    />
  );
}

function Version({ of: { version, behind }, latest }: { of: TenantSchemaView; latest: string | null }) {
  if (version === null) return <>not known</>;
  const words = version === "" ? "before the first" : version;
  if (version === latest || !behind) return <code className={classes.code}>{words}</code>;
  return <TwoLines first={<code className={classes.code}>{words}</code>} second={`${count(behind)} behind`} />;
}

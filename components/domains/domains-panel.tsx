"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { domainsQuery } from "@/client/queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowed } from "@/components/shell/user";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { LoadError } from "@/components/ui/load-error";
import { Panel } from "@/components/ui/panel";
import type { TenantView } from "@/lib/tenants/shapes";
import { DomainRow } from "./domain-row";
import classes from "./domains.module.css";
import { HostName } from "./host-name";

const AddDomainDialog = lazyDialog(() => import("./add-domain-dialog").then((module) => module.AddDomainDialog));

/** Where a hostname can be opened from here; null where it can't. */
export type DomainLinks = Readonly<Record<string, string | null>>;

/** The hosts under which a tenant's application answers, what proves them, and what can be done about them. */
export function DomainsPanel({ tenant, links }: { tenant: TenantView; links: DomainLinks }) {
  const { data, error, refetch } = useQuery(domainsQuery(tenant.id));
  const [adding, { open, close }] = useDisclosure(false);
  const mayChange = useAllowed("domains:update") && tenant.status !== "deleted" && tenant.status !== "deleting";
  const add = mayChange && (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<Plus size={13} aria-hidden="true" />}
      onClick={open}
      disabled={!data}
    >
      Add domain
    </Button>
  );
  return (
    <Panel
      title="Domains"
      flush
      actions={
        <>
          {data && data.domains.length > 0 && (
            <ExportMenu table="domains" what="Domains of this tenant" input={{ tenant: tenant.id }} />
          )}
          {add}
        </>
      }
    >
      {!data && error && <LoadError what="The domains" error={error} retry={refetch} />}
      {!data && !error && <p className={classes.loading}>Reading the domains…</p>}
      {data && (
        <ul className={classes.list}>
          {data.domains.map((domain) => (
            <DomainRow key={domain.id} tenant={tenant} domain={domain} mayChange={mayChange} builtIn={data.builtIn} />
          ))}
          <li className={classes.domain}>
            <div className={classes.head}>
              <HostName hostname={data.builtIn} link={links[data.builtIn] ?? null} />
              {!data.domains.some(({ primary }) => primary) && <span className={classes.primary}>Primary</span>}
            </div>
            <p className={classes.words}>
              Built in, and always answers.
              {data.domains.length === 0 && " This tenant has no domain of its own yet."}
            </p>
          </li>
        </ul>
      )}
      <AddDomainDialog tenant={tenant} opened={adding} close={close} />
    </Panel>
  );
}

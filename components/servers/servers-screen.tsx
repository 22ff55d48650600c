"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Plus, Server } from "lucide-react";
import { useLive } from "@/client/live";
import { serversQuery, ticksQuery } from "@/client/queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowedEverywhere } from "@/components/shell/user";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { ServerCard } from "./server-card";
import classes from "./servers.module.css";

const AddServerDialog = lazyDialog(() => import("./add-server-dialog").then((module) => module.AddServerDialog));

/** The fleet's PostgreSQL servers. */
export function ServersScreen() {
  useLive("fleet", "tenants");
  const { data, error, refetch } = useQuery(serversQuery());
  const { data: ticks } = useQuery(ticksQuery());
  const [opened, { open, close }] = useDisclosure(false);
  const add = useAllowedEverywhere("servers:create") && (
    <Button size="xs" leftSection={<Plus size={14} aria-hidden="true" />} onClick={open}>
      Add server
    </Button>
  );
  return (
    <>
      <PageHeader title="Servers" note="PostgreSQL servers that hold the tenants' databases">
        {data && data.servers.length > 0 && <ExportMenu table="servers" what="Servers" input={{}} />}
        {add}
      </PageHeader>
      {!data && error && <LoadError what="The servers" error={error} retry={refetch} />}
      {data?.servers.length === 0 && (
        <Message icon={Server} title="No server yet" action={add}>
          Add a PostgreSQL server that you administer. Tenantry makes databases and roles on it, and measures them.
        </Message>
      )}
      <ul className={classes.list}>
        {data?.servers.map((server) => (
          <ServerCard key={server.id} server={server} tick={ticks[server.id]} />
        ))}
      </ul>
      <AddServerDialog opened={opened} close={close} />
    </>
  );
}

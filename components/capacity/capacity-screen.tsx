"use client";

import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import { useQueryStates } from "nuqs";
import { capacityQuery } from "@/client/forecast-queries";
import { PeriodBar } from "@/components/analytics/period-bar";
import { WithMadeUp } from "@/components/analytics/span-note";
import { useBrowserZone } from "@/components/analytics/zone";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListSkeletonRows } from "@/components/states/list-skeleton-rows";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import classes from "./capacity.module.css";
import { CapacityCard } from "./capacity-card";
import { begins, capacityInput, searchCapacity } from "./search-capacity";

/** How full each server is, and when it will be full. */
export function CapacityScreen() {
  const [view] = useQueryStates(searchCapacity);
  const input = capacityInput(view, useBrowserZone());
  const query = useQuery(capacityQuery(input));
  const { data } = query;
  return (
    <>
      <PageHeader
        title="Capacity"
        note={<WithMadeUp span={data?.span}>How full each server is, and when it will be full</WithMadeUp>}
      >
        <ExportMenu table="capacity" what="Capacity of servers" input={input} />
        <PeriodBar begins={begins} />
      </PageHeader>
      {query.error && !data && <LoadError what="The capacity" error={query.error} retry={query.refetch} />}
      {query.isPending && <ListSkeletonRows rows={8} />}
      {data?.servers.length === 0 && (
        <Message icon={Server} title="No server yet" action={<Link href="/servers">Servers</Link>}>
          Once a server holds tenants, this page says how much of its disk, connections, CPU and memory they take.
        </Message>
      )}
      <ul className={classes.list} data-waiting={query.isPlaceholderData || undefined} aria-label="Servers">
        {data?.servers.map((server) => (
          <CapacityCard key={server.server.id} capacity={server} span={data.span} />
        ))}
      </ul>
    </>
  );
}

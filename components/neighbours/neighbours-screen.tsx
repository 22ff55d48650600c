"use client";

import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import { useQueryStates } from "nuqs";
import { neighboursQuery } from "@/client/forecast-queries";
import { serversQuery } from "@/client/queries";
import { PeriodBar } from "@/components/analytics/period-bar";
import { WithMadeUp } from "@/components/analytics/span-note";
import { useBrowserZone } from "@/components/analytics/zone";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListSkeletonRows } from "@/components/states/list-skeleton-rows";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import classes from "./neighbours.module.css";
import { NeighboursControls } from "./neighbours-controls";
import { PairsPanel } from "./pairs-panel";
import { neighboursInput, searchPage } from "./search-neighbours";

const about = "Who is loud while somebody else on the same server is slow";

/** Whose rise in use goes with whose rise in response time on a server. */
export function NeighboursScreen() {
  const [view, setView] = useQueryStates(searchPage);
  const servers = useQuery(serversQuery());
  const first = servers.data?.servers[0];
  const input = neighboursInput(view, first?.id, useBrowserZone());
  return (
    <>
      <PageHeader title="Neighbours" note={input ? <Note input={input} /> : about}>
        {input && <ExportMenu table="neighbours" what="Pairs that go together" input={input} />}
        <PeriodBar />
      </PageHeader>
      <p className={classes.caveat}>
        <strong>To go together is not to cause.</strong> Two tenants can be busy and slow at the same hours without the
        one slowing the other. Take a pair as a place to look, then look at both histories.
      </p>
      {servers.data?.servers.length === 0 ? (
        <Message icon={Server} title="No server yet" action={<Link href="/servers">Servers</Link>}>
          Tenants are compared with their neighbours on one server; there is none so far.
        </Message>
      ) : (
        <>
          <NeighboursControls
            view={view}
            servers={servers.data?.servers ?? []}
            chosen={input?.server ?? null}
            onChange={(part) => void setView({ pair: null, ...part })}
          />
          {servers.error && !servers.data && (
            <LoadError what="The servers" error={servers.error} retry={servers.refetch} />
          )}
          {input && <Pairs input={input} />}
        </>
      )}
    </>
  );
}

type Asked = { input: NonNullable<ReturnType<typeof neighboursInput>> };

function Note({ input }: Asked) {
  const { data } = useQuery(neighboursQuery(input));
  return <WithMadeUp span={data?.span}>{about}</WithMadeUp>;
}

function Pairs({ input }: Asked) {
  const query = useQuery(neighboursQuery(input));
  if (!query.data) {
    if (query.error) return <LoadError what="The neighbours" error={query.error} retry={query.refetch} />;
    return <ListSkeletonRows rows={6} />;
  }
  return (
    <div className={classes.result} data-waiting={query.isPlaceholderData || undefined}>
      <PairsPanel found={query.data} load={input.load} felt={input.felt} />
    </div>
  );
}

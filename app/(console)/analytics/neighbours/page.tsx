import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { neighboursQuery } from "@/client/forecast-queries";
import { serversQuery } from "@/client/queries";
import { NeighboursScreen } from "@/components/neighbours/neighbours-screen";
import { neighboursInput, searchPage } from "@/components/neighbours/search-neighbours";
import { Hydrated } from "@/components/shell/hydrated";
import { showNeighbours } from "@/lib/forecast/neighbours";
import { readFirst, readPage } from "@/lib/http/page";
import { listServers } from "@/lib/servers/list-servers";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Neighbours" };

const load = createLoader(searchPage);

export default function NeighboursPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const servers = await readPage(listServers, {});
    const input = neighboursInput(await load(searchParams), servers.servers[0]?.id, await browserZone());
    const read =
      input === null ? [] : [[neighboursQuery(input).queryKey, await readFirst(showNeighbours, input)] as const];
    return (
      <Hydrated entries={[[serversQuery().queryKey, servers], ...read]}>
        <NeighboursScreen />
      </Hydrated>
    );
  });
}

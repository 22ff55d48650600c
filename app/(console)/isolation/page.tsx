import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { isolationQuery, leaksQuery } from "@/client/isolation-queries";
import { IsolationScreen } from "@/components/isolation/isolation-screen";
import { leaksInput, searchIsolation } from "@/components/isolation/search-isolation";
import { Hydrated } from "@/components/shell/hydrated";
import { readPage } from "@/lib/http/page";
import { listIsolationFindings } from "@/lib/isolation/list-findings";
import { showIsolation } from "@/lib/isolation/show-overview";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Isolation" };

const load = createLoader(searchIsolation);

export default function IsolationPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = leaksInput(await load(searchParams));
    const [overview, leaks] = await Promise.all([readPage(showIsolation, {}), readPage(listIsolationFindings, input)]);
    return (
      <Hydrated
        entries={[
          [isolationQuery().queryKey, overview],
          [leaksQuery(input).queryKey, leaks],
        ]}
      >
        <IsolationScreen />
      </Hydrated>
    );
  });
}

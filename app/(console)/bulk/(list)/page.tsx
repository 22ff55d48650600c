import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { actionsQuery, runsQuery } from "@/client/bulk-queries";
import { RunsScreen } from "@/components/bulk/runs-screen";
import { runsInput, searchRuns } from "@/components/bulk/search-runs";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { listActions } from "@/lib/bulk/list-actions";
import { listRuns } from "@/lib/bulk/list-runs";
import { readPage } from "@/lib/http/page";
import { allowed } from "../../allowed";

export const metadata: Metadata = { title: "Bulk runs" };

const load = createLoader(searchRuns);

export default function BulkPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = runsInput(await load(searchParams));
    const [runs, actions] = await Promise.all([readPage(listRuns, input), readPage(listActions, {})]);
    return (
      <Hydrated
        entries={[
          [runsQuery(input).queryKey, firstPage(runs)],
          [actionsQuery().queryKey, actions],
        ]}
      >
        <RunsScreen />
      </Hydrated>
    );
  });
}

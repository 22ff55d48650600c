import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { poolsQuery, processesQuery } from "@/client/runtime-queries";
import { RuntimeScreen } from "@/components/runtime/runtime-screen";
import { poolsInput, searchRuntime } from "@/components/runtime/search-runtime";
import { Hydrated } from "@/components/shell/hydrated";
import { currentUser, readPage } from "@/lib/http/page";
import { listPools } from "@/lib/processes/list-pools";
import { listProcesses } from "@/lib/processes/list-processes";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Runtime" };

const load = createLoader(searchRuntime);

export default function RuntimePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const [view, { scope }] = await Promise.all([load(searchParams), currentUser()]);
    const input = poolsInput(view);
    const [pools, processes] = await Promise.all([
      readPage(listPools, input),
      scope.kind === "all" ? readPage(listProcesses, { ended: view.ended }) : null,
    ]);
    return (
      <Hydrated
        entries={[
          [poolsQuery(input).queryKey, pools],
          ...(processes ? [[processesQuery(view.ended).queryKey, processes] as const] : []),
        ]}
      >
        <RuntimeScreen />
      </Hydrated>
    );
  });
}

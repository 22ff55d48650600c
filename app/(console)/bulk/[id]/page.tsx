import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { cache } from "react";
import { itemsQuery, runQuery } from "@/client/bulk-queries";
import { RunScreen } from "@/components/bulk/run-screen";
import { itemsInput, searchItems } from "@/components/bulk/search-items";
import { runHeading } from "@/components/bulk/words";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { listItems } from "@/lib/bulk/list-items";
import { showRun } from "@/lib/bulk/show-run";
import { currentUser, readPage } from "@/lib/http/page";
import { allowed } from "../../allowed";

type RunPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

const load = createLoader(searchItems);

const readRun = cache((id: string) => readPage(showRun, { id }));

export async function generateMetadata({ params }: RunPageProps): Promise<Metadata> {
  const { permissions } = await currentUser();
  if (!permissions.includes("bulk:read")) return { title: "Bulk run" };
  return { title: runHeading(await readRun((await params).id)) };
}

export default function RunPage({ params, searchParams }: RunPageProps) {
  return allowed(async () => {
    const [{ id }, view] = await Promise.all([params, load(searchParams)]);
    const filter = itemsInput(view);
    const [run, items] = await Promise.all([readRun(id), readPage(listItems, { id, ...filter })]);
    return (
      <Hydrated
        entries={[
          [runQuery(id).queryKey, run],
          [itemsQuery(id, filter).queryKey, firstPage(items)],
        ]}
      >
        <RunScreen id={id} />
      </Hydrated>
    );
  });
}

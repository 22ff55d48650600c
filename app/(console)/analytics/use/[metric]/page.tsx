import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { createLoader, type SearchParams } from "nuqs/server";
import { analyticsUseQuery, type UseName } from "@/client/analytics-queries";
import { resourceNames, resourceTop } from "@/components/analytics/resource-names";
import { analyticsInput, searchAnalytics } from "@/components/analytics/search-narrowing";
import { UseScreen } from "@/components/analytics/use-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { showCpuUse, showMemoryUse, showRequestsUse, showStorageUse } from "@/lib/analytics/show-resource";
import { readFirst } from "@/lib/http/page";
import { metrics } from "@/lib/kernel/metrics";
import { allowed } from "../../../allowed";
import { browserZone } from "../../browser-zone";

type UsePageProps = { params: Promise<{ metric: string }>; searchParams: Promise<SearchParams> };

const load = createLoader(searchAnalytics);

export async function generateMetadata({ params }: UsePageProps): Promise<Metadata> {
  return { title: metrics[await nameOf(params)].label };
}

export default function UsePage({ params, searchParams }: UsePageProps) {
  return allowed(async () => {
    const name = await nameOf(params);
    const input = { ...analyticsInput(await load(searchParams), await browserZone()), top: resourceTop };
    return (
      <Hydrated entries={[[analyticsUseQuery(name, input).queryKey, await read(name, input)]]}>
        <UseScreen name={name} />
      </Hydrated>
    );
  });
}

async function nameOf(params: UsePageProps["params"]): Promise<UseName> {
  const { metric } = await params;
  return resourceNames.find((name) => name === metric) ?? notFound();
}

function read(name: UseName, input: Parameters<typeof readFirst<(typeof showCpuUse)["contract"]>>[1]) {
  switch (name) {
    case "cpu":
      return readFirst(showCpuUse, input);
    case "memory":
      return readFirst(showMemoryUse, input);
    case "storage":
      return readFirst(showStorageUse, input);
    case "requests":
      return readFirst(showRequestsUse, input);
  }
}

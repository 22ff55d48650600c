import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { anomaliesQuery } from "@/client/forecast-queries";
import { AnomaliesScreen } from "@/components/anomalies/anomalies-screen";
import { anomaliesInput, searchPage } from "@/components/anomalies/search-anomalies";
import { Hydrated } from "@/components/shell/hydrated";
import { listAnomalies } from "@/lib/forecast/anomalies";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Anomalies" };

const load = createLoader(searchPage);

export default function AnomaliesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = anomaliesInput(await load(searchParams), await browserZone());
    const anomalies = await readFirst(listAnomalies, input);
    return (
      <Hydrated entries={[[anomaliesQuery(input).queryKey, anomalies]]}>
        <AnomaliesScreen />
      </Hydrated>
    );
  });
}

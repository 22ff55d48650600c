import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { forecastQuery } from "@/client/forecast-queries";
import { ForecastScreen } from "@/components/forecast/forecast-screen";
import { detailInput, listInput, searchPage } from "@/components/forecast/search-forecast";
import { Hydrated } from "@/components/shell/hydrated";
import { forecast } from "@/lib/forecast/forecast";
import { readPage } from "@/lib/http/page";
import { allowed } from "../../allowed";

export const metadata: Metadata = { title: "Forecast" };

const load = createLoader(searchPage);

export default function ForecastPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const view = await load(searchParams);
    const inputs = [listInput(view, view), detailInput(view)].filter((input) => input !== null);
    const read = inputs.map(async (input) => [forecastQuery(input).queryKey, await readPage(forecast, input)] as const);
    return (
      <Hydrated entries={await Promise.all(read)}>
        <ForecastScreen />
      </Hydrated>
    );
  });
}

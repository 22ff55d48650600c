import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { capacityQuery } from "@/client/forecast-queries";
import { CapacityScreen } from "@/components/capacity/capacity-screen";
import { capacityInput, searchCapacity } from "@/components/capacity/search-capacity";
import { Hydrated } from "@/components/shell/hydrated";
import { showCapacity } from "@/lib/forecast/capacity";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Capacity" };

const load = createLoader(searchCapacity);

export default function CapacityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = capacityInput(await load(searchParams), await browserZone());
    return (
      <Hydrated entries={[[capacityQuery(input).queryKey, await readFirst(showCapacity, input)]]}>
        <CapacityScreen />
      </Hydrated>
    );
  });
}

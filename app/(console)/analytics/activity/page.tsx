import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { fleetActivitiesQuery } from "@/client/activity-queries";
import { searchPage, timelineInput } from "@/components/activities/search-timeline";
import { TimelineScreen } from "@/components/activities/timeline-screen";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { listFleetActivities } from "@/lib/analytics/activities";
import { readPage } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Activity" };

const load = createLoader(searchPage);

export default function ActivityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = timelineInput(await load(searchParams), await browserZone());
    const page = await readPage(listFleetActivities, input);
    return (
      <Hydrated entries={[[fleetActivitiesQuery(input).queryKey, firstPage(page)]]}>
        <TimelineScreen />
      </Hydrated>
    );
  });
}

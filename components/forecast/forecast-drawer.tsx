"use client";

import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { forecastQuery } from "@/client/forecast-queries";
import { ListSkeletonRows } from "@/components/states/list-skeleton-rows";
import { LoadError } from "@/components/ui/load-error";
import { ForecastDetail } from "./forecast-detail";
import { detailInput, searchForecast } from "./search-forecast";

/** One tenant's or server's outlook beside the list; whose it is stands in the address. */
export function ForecastDrawer() {
  const [view, setView] = useQueryStates(searchForecast);
  const input = detailInput(view);
  const last = useRef(input);
  if (input !== null) last.current = input;
  return (
    <Drawer
      opened={input !== null}
      onClose={() => void setView({ tenant: null, onServer: null })}
      position="right"
      size="min(860px, 100%)"
      styles={{ title: { fontSize: "1rem", fontWeight: 600 } }}
      title="How the forecast was made"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {last.current !== null && <Detail input={last.current} />}
    </Drawer>
  );
}

function Detail({ input }: { input: NonNullable<ReturnType<typeof detailInput>> }) {
  const { placeholderData: _, ...question } = forecastQuery(input);
  const { data, error, refetch } = useQuery(question);
  if (!data) {
    return error ? <LoadError what="The forecast" error={error} retry={refetch} /> : <ListSkeletonRows rows={6} />;
  }
  return <ForecastDetail forecast={data} horizonDays={input.horizonDays} />;
}

import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";

type HydratedProps = { entries: readonly (readonly [QueryKey, unknown])[]; children: ReactNode };

/** Hands what the server has read to the browser's query cache, as its first data. */
export function Hydrated({ entries, children }: HydratedProps) {
  const cache = new QueryClient();
  for (const [key, data] of entries) cache.setQueryData(key, data);
  return <HydrationBoundary state={dehydrate(cache)}>{children}</HydrationBoundary>;
}

/** A first page, in the form in which endless lists are kept. */
export function firstPage<Page>(page: Page): { pages: Page[]; pageParams: null[] } {
  return { pages: [page], pageParams: [null] };
}

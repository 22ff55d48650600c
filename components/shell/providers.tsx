"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { loadZod } from "@/client/noted-zod";
import { createQueryClient } from "@/client/query-client";
import { cssVariables, theme } from "@/components/theme/theme";
import { ProvenanceTip } from "@/components/ui/provenance-tip";

// Toasts say what was done: nothing was yet when a page comes.
const Notifications = dynamic(() => import("@mantine/notifications").then((module) => module.Notifications), {
  ssr: false,
});

/** What every page needs around it: look, query cache, URL state and toasts. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  // The document keeps its first policy, so that its first nonce stays the right one.
  const [getStyleNonce] = useState(() => () => nonce);
  // What answers and forms are checked with is fetched as soon as the page is there, beside the first answers.
  useEffect(() => {
    void loadZod();
  }, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={getStyleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </QueryClientProvider>
      <ProvenanceTip />
      <Notifications position="bottom-right" limit={4} aria-live="polite" />
    </MantineProvider>
  );
}

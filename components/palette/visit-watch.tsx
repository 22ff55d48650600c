"use client";

import { hashKey, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { browserStore } from "@/client/browser-store";
import { runQuery } from "@/client/bulk-queries";
import { tenantQuery } from "@/client/queries";
import { reportQuery } from "@/client/reports-queries";
import { runHeading } from "@/components/bulk/words";
import { useUser } from "@/components/shell/user";
import { AppError } from "@/lib/kernel/errors";
import { forgetVisit, noteVisit, type VisitKind } from "./recents";

/**
 * Notes which tenants, bulk runs and reports are looked at, by what their pages have read; those that are gone go. It
 * listens to the cache and asks for nothing: a query that stood there empty before its page would leave the page empty.
 */
export function VisitWatch() {
  const { id: user } = useUser();
  const cache = useQueryClient();
  const path = usePathname();
  useEffect(() => {
    const { kind, id } = subjectOf(path);
    if (!kind) return;
    const href = `/${places[kind]}/${id}`;
    const { key, label } = subjects[kind](id);
    const hash = hashKey(key);
    let noted: string | undefined;
    const look = () => {
      const error = cache.getQueryState(key)?.error;
      const name = label(cache);
      if (error instanceof AppError && error.code === "not_found") forgetVisit(browserStore, user, href);
      else if (name !== undefined && name !== noted) {
        noted = name;
        noteVisit(browserStore, user, { kind, href, label: name });
      }
    };
    look();
    return cache.getQueryCache().subscribe(({ query }) => query.queryHash === hash && look());
  }, [user, path, cache]);
  return null;
}

type Subject = { key: readonly unknown[]; label: (cache: QueryClient) => string | undefined };

const subjects: Record<VisitKind, (id: string) => Subject> = {
  tenant: (id) => {
    const { queryKey: key } = tenantQuery(id);
    return { key, label: (cache) => cache.getQueryData(key)?.name };
  },
  run: (id) => {
    const { queryKey: key } = runQuery(id);
    return {
      key,
      label: (cache) => {
        const run = cache.getQueryData(key);
        return run && runHeading(run);
      },
    };
  },
  report: (id) => {
    const { queryKey: key } = reportQuery(id);
    return { key, label: (cache) => cache.getQueryData(key)?.title };
  },
};

const places: Record<VisitKind, string> = { tenant: "tenants", run: "bulk", report: "reports" };

function subjectOf(path: string): { kind: VisitKind | null; id: string } {
  const [, place, id = ""] = /^\/(tenants|bulk|reports)\/([0-9a-f-]{36})(\/|$)/.exec(path) ?? [];
  const kind = (Object.keys(places) as VisitKind[]).find((each) => places[each] === place) ?? null;
  return { kind, id };
}

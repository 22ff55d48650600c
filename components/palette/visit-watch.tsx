"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { runQuery } from "@/client/bulk-queries";
import { tenantQuery } from "@/client/queries";
import { reportQuery } from "@/client/reports-queries";
import { runHeading } from "@/components/bulk/words";
import { useUser } from "@/components/shell/user";
import { AppError } from "@/lib/kernel/errors";
import { forgetVisit, noteVisit, type VisitKind } from "./recents";

/** Notes which tenants, bulk runs and reports are looked at, by what their pages have read; those that are gone go. */
export function VisitWatch() {
  const { id: user } = useUser();
  const path = usePathname();
  const { kind, id } = subjectOf(path);
  const listen = { enabled: false, refetchInterval: false } as const;
  const tenant = useQuery({ ...tenantQuery(id), ...listen });
  const run = useQuery({ ...runQuery(id), ...listen });
  const report = useQuery({ ...reportQuery(id), ...listen });
  const labels = { tenant: tenant.data?.name, run: run.data && runHeading(run.data), report: report.data?.title };
  const label = kind ? labels[kind] : undefined;
  const error = kind && { tenant, run, report }[kind].error;
  const gone = error instanceof AppError && error.code === "not_found";
  useEffect(() => {
    if (!kind) return;
    const href = `/${places[kind]}/${id}`;
    if (gone) forgetVisit(window.localStorage, user, href);
    else if (label !== undefined) noteVisit(window.localStorage, user, { kind, href, label });
  }, [user, kind, id, label, gone]);
  return null;
}

const places: Record<VisitKind, string> = { tenant: "tenants", run: "bulk", report: "reports" };

function subjectOf(path: string): { kind: VisitKind | null; id: string } {
  const [, place, id = ""] = /^\/(tenants|bulk|reports)\/([0-9a-f-]{36})(\/|$)/.exec(path) ?? [];
  const kind = (Object.keys(places) as VisitKind[]).find((each) => places[each] === place) ?? null;
  return { kind, id };
}

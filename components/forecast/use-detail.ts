"use client";

import { useQueryStates } from "nuqs";
import type { Outlook } from "@/lib/forecast/contract";
import { searchForecast } from "./search-forecast";

/** Opens the detail of whom an outlook is about, in the address. */
export function useDetail(): (outlook: Outlook) => void {
  const [, setView] = useQueryStates(searchForecast);
  return ({ subject }) =>
    void setView(
      subject.kind === "tenant"
        ? { tenant: subject.tenant.id, onServer: null }
        : { tenant: null, onServer: subject.server.id },
    );
}

/** The id of whom an outlook is about. */
export function subjectId({ subject }: Outlook): string {
  return subject.kind === "tenant" ? subject.tenant.id : subject.server.id;
}

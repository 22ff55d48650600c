"use client";

import { useEffect } from "react";
import { useUser } from "@/components/shell/user";
import { forgetVisit, noteVisit, type VisitKind } from "./recents";

/** Notes that a page was looked at, so that the palette offers it first. */
export function useVisit(kind: VisitKind, href: string, label: string): void {
  const { id } = useUser();
  useEffect(() => noteVisit(window.localStorage, id, { kind, href, label }), [id, kind, href, label]);
}

/** Takes a page out of those looked at of late, because there is nothing at its address any more. */
export function useForgetHere(): void {
  const { id } = useUser();
  useEffect(() => forgetVisit(window.localStorage, id, window.location.pathname), [id]);
}

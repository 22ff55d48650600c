"use client";

import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from "react";
import { listenToBeat, momentOfBeat } from "./now";
import { chosenZone, onZone, rereadOwnZone, tellServer, viewerZone, zoneTurns } from "./zone";

type Viewer = {
  /** The zone that this browser told on an earlier page; null on its first. */
  zone: string | null;
  /** When the server made the page, Unix milliseconds. */
  renderedAt: number | null;
};

const ViewerContext = createContext<Viewer>({ zone: null, renderedAt: null });

/** Makes known what the server knew of the viewer, so that what it wrote and what the browser writes first are the same. */
export function ViewerProvider({ zone, renderedAt, children }: Viewer & { children: ReactNode }) {
  const viewer = useMemo(() => ({ zone, renderedAt }), [zone, renderedAt]);
  useEffect(() => {
    if (viewerZone() !== zone) tellServer();
    const look = () => document.visibilityState === "visible" && rereadOwnZone();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [zone]);
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** The zone in which the viewer reads times; UTC on the server as long as the browser has told none. */
export function useViewerZone(): string {
  const { zone } = use(ViewerContext);
  return useSyncExternalStore(onZone, viewerZone, () => zone ?? "UTC");
}

/** The zone that was chosen; null while times follow the browser, and while rendering on the server. */
export function useChosenZone(): string | null {
  return useSyncExternalStore(onZone, chosenZone, () => null);
}

/** How often the zone was changed in this page: the key of what has to be drawn anew then. */
export function useZoneTurns(): number {
  return useSyncExternalStore(onZone, zoneTurns, () => 0);
}

/**
 * Words that depend on the time and the viewer's zone, read again every `interval` milliseconds. The server writes them
 * with its own clock and the zone that it was told; null where it was told none.
 */
export function useMoment(interval: number, read: (now: number, zone: string) => string): string | null {
  const { zone: told, renderedAt } = use(ViewerContext);
  const zone = useViewerZone();
  return useSyncExternalStore(
    useMemo(() => (listener: () => void) => listenToBeat(interval, listener), [interval]),
    () => read(momentOfBeat(interval), zone),
    () => (told === null || renderedAt === null ? null : read(renderedAt, told)),
  );
}

"use client";

import { useEffect, useSyncExternalStore } from "react";

/** For how long the frame waits for a page that never arrives, such as one that failed, in milliseconds. */
const patience = 5000;

let arrived = false;
const listeners = new Set<() => void>();

function arrive(): void {
  if (arrived) return;
  arrived = true;
  for (const each of listeners) each();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  const timer = setTimeout(arrive, patience);
  return () => {
    clearTimeout(timer);
    listeners.delete(listener);
  };
}

/**
 * Whether the page that was opened has come to life. React does so after the frame: what the frame reads or hears
 * before that would change what the page shows, which then would not be what the server has sent, and is thrown away.
 */
export function usePageArrived(): boolean {
  return useSyncExternalStore(
    listen,
    () => arrived,
    () => false,
  );
}

/** Stands in each page, and says that it has come to life. */
export function PageArrival(): null {
  useEffect(arrive, []);
  return null;
}

"use client";

import { useSyncExternalStore } from "react";
import { browserStore } from "@/client/browser-store";
import { sayDone, sayFailed } from "@/components/ui/toast";
import { type RunStatus, type RunView, runStatuses } from "@/lib/bulk/shapes";
import { runHeading } from "./words";

/** The runs whose end this browser tells of, with the status that was told last. */
export type Watched = Readonly<Record<string, RunStatus>>;

const key = "tenantry.watched-runs";
const none: Watched = {};
const listeners = new Set<() => void>();
let read: { text: string; runs: Watched } = { text: "", runs: none };

/** The watched runs, as all tabs of this browser see them. */
export function useWatchedRuns(): Watched {
  return useSyncExternalStore(listen, watchedRuns, () => none);
}

/** Whether a run is watched, and the switch for it; the browser is asked for its permission the first time. */
export function useWatch(run: RunView): { watched: boolean; toggle: () => Promise<void> } {
  const watched = run.id in useWatchedRuns();
  const toggle = async () => {
    if (watched) return forget(run.id);
    remember(run.id, run.status);
    if (!(run.id in watchedRuns())) return sayFailed("This browser keeps nothing, and could not tell you later.");
    if (!("Notification" in window)) return sayDone(`You will be told here, on any page: ${runHeading(run)}.`);
    const answer = await Notification.requestPermission();
    const where = answer === "granted" ? "by this browser, also while it is in the background" : "here, on any page";
    sayDone(`You will be told ${where}.`);
  };
  return { watched, toggle };
}

/** The watched runs now. */
export function watchedRuns(): Watched {
  const text = browserStore.getItem(key) ?? "";
  if (text !== read.text) read = { text, runs: parsed(text) };
  return read.runs;
}

/** Watches a run, or keeps what of it was told. */
export function remember(id: string, status: RunStatus): void {
  write({ ...watchedRuns(), [id]: status });
}

/** Stops watching a run. */
export function forget(id: string): void {
  const { [id]: _, ...rest } = watchedRuns();
  write(rest);
}

function write(runs: Watched): void {
  browserStore.setItem(key, JSON.stringify(runs));
  for (const each of listeners) each();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function parsed(text: string): Watched {
  try {
    const found: unknown = JSON.parse(text);
    return Object.fromEntries(Object.entries(Object(found)).filter(isWatched));
  } catch {
    return none;
  }
}

// Whatever else stands there is not asked for.
function isWatched(entry: [string, unknown]): entry is [string, RunStatus] {
  const [id, status] = entry;
  return /^[0-9a-f-]{36}$/.test(id) && runStatuses.some((each) => each === status);
}

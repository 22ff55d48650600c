"use client";

import { useCallback, useSyncExternalStore } from "react";

type Beat = { now: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | undefined };

const beats = new Map<number, Beat>();

/** Milliseconds from which on this browser's clock counts as wrong: what an answer takes on its way is below it. */
const wrongFrom = 15_000;
let ahead = 0;

/** The time by the server's clock, Unix milliseconds: this browser's own, put right where an answer showed it wrong. */
export function serverTime(): number {
  return Date.now() + ahead;
}

/** Compares this browser's clock with the `Date` of an answer that has just come, and was kept by nobody. */
export function noteServerDate(date: string | null): void {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) return;
  const found = told - Date.now();
  const next = Math.abs(found) < wrongFrom ? 0 : found;
  if (Math.abs(next - ahead) < wrongFrom) return;
  ahead = next;
  for (const beat of beats.values()) strike(beat);
}

function beatOf(interval: number): Beat {
  const known = beats.get(interval);
  if (known) return known;
  const beat: Beat = { now: serverTime(), listeners: new Set(), timer: undefined };
  beats.set(interval, beat);
  return beat;
}

function strike(beat: Beat): void {
  beat.now = serverTime();
  for (const each of beat.listeners) each();
}

// Nobody reads the time in a tab that is behind others; who comes back to it reads the present one at once.
if (typeof document !== "undefined") {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    for (const beat of beats.values()) if (beat.timer !== undefined) strike(beat);
  });
}

/** Calls the listener every `interval` milliseconds while the tab is in front; one timer serves all of a beat. */
export function listenToBeat(interval: number, listener: () => void): () => void {
  const beat = beatOf(interval);
  beat.listeners.add(listener);
  beat.timer ??= setInterval(() => !document.hidden && strike(beat), interval);
  return () => {
    beat.listeners.delete(listener);
    if (beat.listeners.size > 0) return;
    clearInterval(beat.timer);
    beat.timer = undefined;
  };
}

/** The time at the last beat, Unix milliseconds: the same for everybody who reads it between two beats. */
export function momentOfBeat(interval: number): number {
  const beat = beatOf(interval);
  if (beat.timer === undefined && serverTime() - beat.now > interval) beat.now = serverTime();
  return beat.now;
}

/** Something that depends on the time, read again at each beat; null until the page is alive in the browser. */
export function useClock<T extends string | number | boolean>(interval: number, read: (now: number) => T): T | null {
  const subscribe = useCallback((listener: () => void) => listenToBeat(interval, listener), [interval]);
  return useSyncExternalStore<T | null>(
    subscribe,
    () => read(momentOfBeat(interval)),
    () => null,
  );
}

/** The time by the server's clock, at each beat; null while rendering on the server. */
export function useNow(interval: number): number | null {
  return useClock(interval, identity);
}

function identity(now: number): number {
  return now;
}

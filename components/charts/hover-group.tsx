"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

type Listener = (time: number | null) => void;

/** The moment that the pointer or the keyboard is at, told to every chart of a page; null: nowhere. */
export class HoverGroup {
  readonly #listeners = new Set<Listener>();

  /** Tells every chart. */
  set(time: number | null): void {
    for (const listener of this.#listeners) listener(time);
  }

  /** Hears of every move until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const Group = createContext<HoverGroup | null>(null);

/** Charts inside show the same moment. */
export function SharedHover({ children }: { children: ReactNode }) {
  const [group] = useState(() => new HoverGroup());
  return <Group value={group}>{children}</Group>;
}

/** The group that a chart belongs to: the page's, or one of its own. */
export function useHoverGroup(): HoverGroup {
  const [own] = useState(() => new HoverGroup());
  return useContext(Group) ?? own;
}

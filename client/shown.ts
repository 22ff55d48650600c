"use client";

import { type RefObject, useEffect, useState } from "react";

/**
 * Whether an element can be seen: it is near what is scrolled into sight, and the tab is in front. No until the browser
 * has said so, just after the first drawing.
 */
export function useShown(element: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  const [front, setFront] = useState(true);
  useEffect(() => {
    if (!element.current) return;
    const watch = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: "150px",
    });
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [element]);
  useEffect(() => {
    const turn = () => setFront(!document.hidden);
    turn();
    document.addEventListener("visibilitychange", turn);
    return () => document.removeEventListener("visibilitychange", turn);
  }, []);
  return near && front;
}

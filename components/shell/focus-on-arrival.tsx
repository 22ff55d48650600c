"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * After going to another page the focus stands at its content, so that keys and screen readers go on from there. What
 * still has the focus within the content, such as a tab that leads from one page to the next, keeps it.
 */
export function FocusOnArrival({ of }: { of: string }) {
  const path = usePathname();
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    const main = document.getElementById(of);
    const focused = document.activeElement;
    const elsewhere = focused?.closest('[role="dialog"]') ?? null;
    if (main && elsewhere === null && !main.contains(focused)) main.focus({ preventScroll: true });
  }, [path, of]);
  return null;
}

"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** For how long a dialog that led to another page may take to close, in milliseconds. */
const closing = 400;

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
    if (!isInDialog()) return focusContent(of);
    const later = setTimeout(() => !isInDialog() && focusContent(of), closing);
    return () => clearTimeout(later);
  }, [path, of]);
  return null;
}

function isInDialog(): boolean {
  return (document.activeElement?.closest('[role="dialog"]') ?? null) !== null;
}

function focusContent(id: string): void {
  const main = document.getElementById(id);
  if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
}

"use client";

import { type RefCallback, useCallback, useState } from "react";

/** Whether the element that gets `ref` is at most so many pixels wide; null until that is measured, as on the server. */
export function useNarrow(pixels: number): { ref: RefCallback<Element>; narrow: boolean | null } {
  const [narrow, setNarrow] = useState<boolean | null>(null);
  const ref = useCallback(
    (element: Element | null) => {
      if (!element) return;
      const watch = new ResizeObserver((entries) => {
        const width = entries.at(-1)?.contentRect.width;
        if (width !== undefined) setNarrow(width <= pixels);
      });
      watch.observe(element);
      return () => watch.disconnect();
    },
    [pixels],
  );
  return { ref, narrow };
}

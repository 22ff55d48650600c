"use client";

import { useEffect, useRef, useState } from "react";
import { serverTime } from "@/client/now";
import { staleSeconds } from "@/lib/kernel/metrics";
import classes from "./provenance-tip.module.css";
import { exactDateTime } from "./time";

/** What is shown, and beside what. */
type Tip = { text: string; at: Element };

/** Milliseconds for which the pointer rests on a figure, or the focus in a row, before anything is shown. */
const [rests, stays] = [350, 700] as const;

const told = "data-provenance";

/**
 * Says where a figure comes from and how old it is: whatever carries `data-provenance` tells it to a pointer that rests
 * on it, to a finger, and to the keyboard's focus. One box serves all of a page's figures, so that five hundred rows
 * cost what one does. In a table the focus is in a row (elsewhere, in what carries `data-figures`): then all of its figures
 * are told.
 */
export function ProvenanceTip() {
  const [tip, setTip] = useState<Tip | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => listen(setTip), []);
  useEffect(() => {
    if (!tip || !box.current) return;
    place(box.current, tip.at);
    const described = tip.at.getAttribute("aria-describedby");
    tip.at.setAttribute("aria-describedby", [described, box.current.id].filter(Boolean).join(" "));
    return () => {
      if (described === null) tip.at.removeAttribute("aria-describedby");
      else tip.at.setAttribute("aria-describedby", described);
    };
  }, [tip]);
  return (
    <div ref={box} id="provenance" role="tooltip" className={classes.tip} hidden={tip === null}>
      {tip?.text}
    </div>
  );
}

function listen(show: (tip: Tip | null) => void): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal, passive: true };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over: Element | null = null;
  const soon = (tip: Tip, after: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => tip.at.isConnected && show(tip), after);
  };
  const gone = () => {
    clearTimeout(timer);
    over = null;
    show(null);
  };
  document.addEventListener(
    "pointerover",
    ({ target, pointerType }) => {
      const at = figureAt(target);
      // The pointer may rest on the box itself, to read it or to copy from it.
      if (at === over || (target instanceof Element && target.closest("#provenance"))) return;
      if (!at) return over === null ? undefined : gone();
      over = at;
      soon({ at, text: textOf(at) }, pointerType === "touch" ? 0 : rests);
    },
    options,
  );
  document.addEventListener(
    "focusin",
    ({ target }) => {
      if (!(target instanceof Element) || !target.matches(":focus-visible")) return;
      const own = figureAt(target);
      if (own) return soon({ at: own, text: textOf(own) }, 0);
      const row = target.closest("tr, [data-figures]");
      const lines = [...(row?.querySelectorAll(`[${told}]`) ?? [])].map(textOf);
      if (row && lines.length > 0) soon({ at: target, text: lines.join("\n\n") }, stays);
    },
    options,
  );
  document.addEventListener("focusout", gone, options);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && gone(), options);
  document.addEventListener("scroll", gone, { ...options, capture: true });
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

function figureAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(`[${told}]`) : null;
}

// The age is written only when it is asked for: five hundred rows are measured anew every two seconds.
function textOf(element: Element): string {
  const text = element.getAttribute(told) ?? "";
  const at = element.getAttribute("data-measured-at");
  if (at === null) return text;
  const stale = serverTime() - Date.parse(at) > staleSeconds * 1000;
  return `${text}\n${stale ? "Stale since" : "Measured"} ${exactDateTime(at)}`;
}

/** Below what it speaks of, or above where there is no room; never beyond the window. */
function place(box: HTMLElement, at: Element): void {
  const { left, top, bottom } = at.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = box;
  const below = bottom + 6 + offsetHeight <= window.innerHeight;
  box.style.left = `${Math.max(8, Math.min(left, window.innerWidth - offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, below ? bottom + 6 : top - 6 - offsetHeight)}px`;
}

import type { FocusEvent, MouseEvent } from "react";

/** A click anywhere in a row opens what its first column leads to; what can be clicked itself keeps its own click. */
export function openRow(event: MouseEvent<HTMLElement>): void {
  const { target, currentTarget } = event;
  // A menu or dialog of a row stands elsewhere in the page, and its clicks come by here.
  if (!(target instanceof Element) || !currentTarget.contains(target)) return;
  if (target.closest("a, button, input, label, summary, select, [data-own-click]")) return;
  if (window.getSelection()?.toString()) return;
  const cells = target.closest("tr")?.querySelectorAll("td:not([data-own-click])");
  cells?.[0]?.querySelector<HTMLElement>("a, button")?.click();
}

/** Gives words that are cut for want of room their whole text as a tooltip, once the pointer or the focus is there. */
export function nameCut(event: MouseEvent<HTMLElement> | FocusEvent<HTMLElement>): void {
  const { target, currentTarget } = event;
  if (!(target instanceof Element)) return;
  for (let at: Element | null = target; at !== null && at !== currentTarget; at = at.parentElement) {
    if (!(at instanceof HTMLElement) || at.hasAttribute("title")) return;
    if (at.scrollWidth <= at.clientWidth && at.scrollHeight <= at.clientHeight) continue;
    if (getComputedStyle(at).overflowX === "hidden") at.title = at.textContent ?? "";
  }
}

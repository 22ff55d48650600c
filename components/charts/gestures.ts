import { between, moveBy, type View, zoomAround } from "./view";

/** What a plot does when it is touched. */
export type Gestures = {
  view: () => View;
  /** The plot's left edge and width within the element, in pixels. */
  area: () => { left: number; width: number };
  /** Shows a view at once. */
  show: (view: View) => void;
  hover: (time: number | null) => void;
  /** The stretch that is being drawn, as pixels within the element; null: none. */
  select: (stretch: { left: number; width: number } | null) => void;
};

/** A drag that is shorter is a click, in pixels. */
const shortestDrag = 6;

/**
 * Listens to one element: a drag zooms to what it covers, with shift it moves the view, the wheel with ctrl and
 * two fingers zoom, one finger and the pointer alone follow the values. Up and down stay the page's.
 */
export function listenTo(element: HTMLElement, gestures: Gestures): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const fingers = new Map<number, number>();
  let drag: { x: number; view: View; moves: boolean } | null = null;
  let pinch: { apart: number; middle: number; view: View } | null = null;

  const pixel = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left;
  const end = () => {
    drag = null;
    gestures.select(null);
  };

  element.addEventListener(
    "pointerdown",
    (event) => {
      const x = pixel(event);
      if (event.pointerType === "touch") {
        fingers.set(event.pointerId, x);
        pinch = startPinch(fingers, gestures);
        return gestures.hover(pinch ? null : timeAt(x, gestures));
      }
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      drag = { x, view: gestures.view(), moves: event.shiftKey };
    },
    options,
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      const x = pixel(event);
      if (fingers.has(event.pointerId)) {
        fingers.set(event.pointerId, x);
        if (pinch) return gestures.show(pinched(pinch, fingers, gestures));
      }
      if (!drag) return gestures.hover(timeAt(x, gestures));
      gestures.hover(null);
      if (drag.moves) return gestures.show(moveBy(drag.view, (drag.x - x) / gestures.area().width));
      gestures.select({ left: Math.min(drag.x, x), width: Math.abs(x - drag.x) });
    },
    options,
  );
  element.addEventListener(
    "pointerup",
    (event) => {
      fingers.delete(event.pointerId);
      if (fingers.size < 2) pinch = null;
      const x = pixel(event);
      const zooms = drag && !drag.moves && Math.abs(x - drag.x) >= shortestDrag;
      if (drag && zooms) gestures.show(between(timeAt(drag.x, gestures), timeAt(x, gestures)));
      end();
    },
    options,
  );
  element.addEventListener(
    "pointercancel",
    (event) => {
      fingers.delete(event.pointerId);
      pinch = null;
      end();
    },
    options,
  );
  element.addEventListener("pointerleave", () => !drag && gestures.hover(null), options);
  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const factor = Math.min(2, Math.max(0.5, 1.0025 ** event.deltaY));
      gestures.show(zoomAround(gestures.view(), timeAt(pixel(event), gestures), factor));
    },
    { ...options, passive: false },
  );
  return () => stop.abort();
}

function timeAt(pixel: number, { view, area }: Gestures): number {
  const { from, to } = view();
  const { left, width } = area();
  return from + (Math.min(Math.max(pixel - left, 0), width) / width) * (to - from);
}

function startPinch(fingers: Map<number, number>, gestures: Gestures) {
  const [one, other] = [...fingers.values()];
  if (one === undefined || other === undefined) return null;
  return { apart: Math.abs(one - other), middle: timeAt((one + other) / 2, gestures), view: gestures.view() };
}

function pinched(
  pinch: { apart: number; middle: number; view: View },
  fingers: Map<number, number>,
  { area }: Gestures,
): View {
  const [one = 0, other = 0] = [...fingers.values()];
  const zoomed = zoomAround(pinch.view, pinch.middle, Math.max(10, pinch.apart) / Math.max(10, Math.abs(one - other)));
  const { left, width } = area();
  const middle = zoomed.from + (((one + other) / 2 - left) / width) * (zoomed.to - zoomed.from);
  return moveBy(zoomed, (pinch.middle - middle) / (zoomed.to - zoomed.from));
}

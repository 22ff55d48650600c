declare global {
  interface Window {
    /** What was measured since it was last asked for. */
    taken: () => { frames: number[]; longest: number };
  }
}

/**
 * Measures in the page: from the moment an event of the pointer or the keyboard arose to the end of the first frame
 * that was drawn after it, and the longest task of the main thread.
 */
export function watchFrames(): void {
  let frames: number[] = [];
  let longest = 0;
  const { port1, port2 } = new MessageChannel();
  const waiting: number[] = [];
  // A message that is sent in a frame comes once the frame has been laid out and painted.
  port1.onmessage = () => {
    const now = performance.now();
    for (const arose of waiting.splice(0)) frames.push(now - arose);
  };
  const heard = (event: Event) =>
    requestAnimationFrame(() => {
      waiting.push(event.timeStamp);
      port2.postMessage(null);
    });
  for (const name of ["pointermove", "pointerup", "wheel", "click", "keydown"]) {
    window.addEventListener(name, heard, { capture: true, passive: true });
  }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ entryTypes: ["longtask"] });
  window.taken = () => {
    const taken = { frames, longest };
    frames = [];
    longest = 0;
    return taken;
  };
}

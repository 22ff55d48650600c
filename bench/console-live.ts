import type { CDPSession, Page } from "@playwright/test";

/** What an open page cost its browser over some time, in percent of one core. */
export type LiveCost = {
  /** CPU time of the page's main thread: scripts, styles, layout, painting. */
  mainThread: number;
  /** Time during which it was at work, by the clock; more than its CPU time where the machine has other things to do. */
  busy: number;
  /** Parts of `busy`. */
  script: number;
  layout: number;
  /** The page's whole process, with its compositor and workers; null where the browser doesn't tell. */
  renderer: number | null;
  /** Whether the page was visible or hidden while it was measured. */
  state: "visible" | "hidden";
  seconds: number;
};

/** Measures an open page for some seconds, doing nothing to it. Chromium only. */
export async function liveCost(page: Page, seconds = 60): Promise<LiveCost> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const state = await page.evaluate(() => document.visibilityState);
  const before = await readings(page, session);
  await page.waitForTimeout(seconds * 1000);
  const after = await readings(page, session);
  await session.detach();
  const elapsed = (after.at - before.at) / 1000;
  const share = (name: keyof Readings) => ((after[name] - before[name]) / elapsed) * 100;
  return {
    mainThread: share("thread"),
    busy: share("task"),
    script: share("script"),
    layout: share("layout"),
    renderer: Number.isNaN(after.renderer) ? null : share("renderer"),
    state,
    seconds: elapsed,
  };
}

/** The same while another tab is in front. Leaves the page hidden no longer than it measures. */
export async function hiddenCost(page: Page, seconds = 60): Promise<LiveCost> {
  const session = await page.context().newCDPSession(page);
  // Playwright lets every page believe that it is in front.
  await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  const front = await page.context().newPage();
  await front.bringToFront();
  const cost = await liveCost(page, seconds);
  await front.close();
  await session.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  await session.detach();
  return cost;
}

type Readings = { at: number; thread: number; task: number; script: number; layout: number; renderer: number };

/** Seconds spent so far. */
async function readings(page: Page, session: CDPSession): Promise<Readings> {
  const { metrics } = await session.send("Performance.getMetrics");
  const read = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    at: Date.now(),
    thread: read("ThreadTime"),
    task: read("TaskDuration"),
    script: read("ScriptDuration"),
    layout: read("LayoutDuration") + read("RecalcStyleDuration"),
    renderer: await rendererSeconds(page, read("ProcessTime")),
  };
}

/** CPU seconds of the page's own process, by what Chromium counts of it; else of the one that has worked most. */
async function rendererSeconds(page: Page, own: number): Promise<number> {
  if (!Number.isNaN(own)) return own;
  const browser = await page.context().browser()?.newBrowserCDPSession();
  if (!browser) return Number.NaN;
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  await browser.detach();
  return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(({ cpuTime }) => cpuTime));
}

import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Scene } from "./console-scene";
import { percentile, round } from "./measuring";

/** The screens that are measured, with the heading that says that they are there. */
export function screens({ tenant, run }: Pick<Scene, "tenant" | "run">): Record<string, string> {
  return {
    overview: "/",
    tenants: "/tenants",
    tenant: `/tenants/${tenant}`,
    history: `/tenants/${tenant}/history`,
    analytics: "/analytics",
    "bulk run": `/bulk/${run}`,
    audit: "/audit",
  };
}

export type Painted = { cold: number[]; warm: number[]; javascript: number; later: number };

/** A context with an owner's session. */
export async function signedIn(browser: Browser, { origin, cookie }: Scene): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: "Europe/Vienna" });
  await context.addCookies([{ ...cookie, url: origin }]);
  // tsx names the functions that it compiles by a helper, which a page does not have.
  await context.addInitScript("globalThis.__name = (named) => named");
  await context.addInitScript(watchPage);
  return context;
}

/** Largest contentful paint of a page in milliseconds, with an empty cache and with a filled one, and its scripts' bytes. */
export async function painted(browser: Browser, scene: Scene, path: string, times: number): Promise<Painted> {
  const result: Painted = { cold: [], warm: [], javascript: 0, later: 0 };
  for (let time = 0; time < times; time++) {
    const context = await signedIn(browser, scene);
    const page = await context.newPage();
    result.cold.push(await largestPaint(page, scene.origin + path));
    const { first, later } = await page.evaluate(scriptBytes);
    Object.assign(result, { javascript: first, later });
    result.warm.push(await largestPaint(page, scene.origin + path));
    await context.close();
  }
  return result;
}

async function largestPaint(page: Page, url: string): Promise<number> {
  await page.goto("about:blank");
  await page.goto(url, { waitUntil: "load" });
  // The entry of a later, larger element replaces the one before: it is read once nothing has come for a second.
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const { paint, paintAt } = window.seen;
          if (paint > 0 && performance.now() - paintAt > 1000) resolve(paint);
          else setTimeout(look, 100);
        };
        look();
      }),
  );
}

declare global {
  interface Window {
    seen: { paint: number; paintAt: number; events: Map<number, number> };
  }
}

/** Runs in the page before anything of its own. */
function watchPage(): void {
  const seen = { paint: 0, paintAt: 0, events: new Map<number, number>() };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime;
    seen.paintAt = performance.now();
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
      const id = entry.interactionId ?? 0;
      if (id > 0) seen.events.set(id, Math.max(seen.events.get(id) ?? 0, entry.duration));
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

/** Runs in the page: bytes of scripts over the network until the page was interactive, and afterwards. */
function scriptBytes(): { first: number; later: number } {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const scripts = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(({ name }) =>
    new URL(name).pathname.endsWith(".js"),
  );
  const sum = (of: PerformanceResourceTiming[]) =>
    of.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);
  const isFirst = ({ startTime }: PerformanceResourceTiming) => startTime < (navigation?.domInteractive ?? 0);
  return { first: sum(scripts.filter(isFirst)), later: sum(scripts.filter((script) => !isFirst(script))) };
}

/** Median and 95th percentile, in whole milliseconds. */
export function middle(values: number[]): { p50: number; p95: number } {
  return { p50: round(percentile(values, 0.5), 0), p95: round(percentile(values, 0.95), 0) };
}

import { expect, type Page } from "@playwright/test";

/** The sizes at which people's journeys are made: a desktop's window and a phone. */
export const sizes = [
  { name: "desktop", viewport: { width: 1280, height: 800 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
] as const;

/** Fails where the page can be scrolled sideways. */
export async function expectFits(page: Page): Promise<void> {
  const { over, beyond } = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const ends = [...document.querySelectorAll("#content *")].filter(
      (one) => one.childElementCount === 0 && one.getBoundingClientRect().right > clientWidth,
    );
    return { over: scrollWidth - clientWidth, beyond: ends.slice(0, 5).map((one) => one.outerHTML.slice(0, 200)) };
  });
  expect(over, `how far the page scrolls sideways, with ${beyond.join(" ")}`).toBe(0);
}

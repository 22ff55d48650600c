import { expect, type Page } from "@playwright/test";

/** The sizes at which people's journeys are made: a desktop's window and a phone. */
export const sizes = [
  { name: "desktop", viewport: { width: 1280, height: 800 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
] as const;

/** Fails where the page can be scrolled sideways. */
export async function expectFits(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, "how far the page scrolls sideways").toBe(0);
}

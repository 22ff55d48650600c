import type { Page } from "playwright-core";
import type { Scene } from "./console-scene";

/** What a person does on a page; each leaves the page so that it can be done again. */
type Interaction = { path: (scene: Scene) => string; act: (page: Page) => Promise<void> };

const tenants = () => "/tenants";

/** Each by its name in the table of figures. */
export const interactions: Record<string, Interaction> = {
  "type in the search": {
    path: tenants,
    act: async (page) => {
      await page.getByLabel("Search tenants").pressSequentially("tenant 7", { delay: 60 });
      await page.getByRole("button", { name: "Clear search" }).click();
    },
  },
  "sort by CPU": { path: tenants, act: async (page) => page.getByRole("button", { name: /^CPU/ }).first().click() },
  "open the filter": {
    path: tenants,
    act: async (page) =>
      page
        .getByRole("button", { name: /^Filter/ })
        .first()
        .click(),
  },
  "select the whole page": {
    path: tenants,
    act: async (page) => page.getByRole("table").getByLabel("Select all tenants on this page").click(),
  },
  "next page": { path: tenants, act: async (page) => page.getByRole("button", { name: "Next page" }).click() },
  "open the account's menu": {
    path: () => "/",
    act: async (page) => {
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.keyboard.press("Escape");
    },
  },
  "open the palette": {
    path: () => "/",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.press("Escape");
    },
  },
  "switch the theme": {
    path: () => "/",
    act: async (page) => {
      for (const name of ["Dark", "Light"]) await page.locator("label").filter({ hasText: name }).first().click();
    },
  },
  "change the range": {
    path: () => "/",
    act: async (page) => {
      const ranges = page.getByRole("radiogroup", { name: /range/i }).locator("label");
      for (const at of [1, 0]) await ranges.nth(at).click();
    },
  },
};

/** The longest time from input to the next paint of each round, in milliseconds; what is under 16 counts as 16. */
export async function interacted(page: Page, scene: Scene, name: string, rounds: number): Promise<number[]> {
  const interaction = interactions[name];
  if (!interaction) throw new Error(`There is no interaction ${name}.`);
  const times: number[] = [];
  await page.goto(scene.origin + interaction.path(scene), { waitUntil: "networkidle" }).catch(() => undefined);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(1500);
  for (let round = 0; round < rounds; round++) {
    await page.evaluate(() => window.seen.events.clear());
    await interaction.act(page);
    await page.waitForTimeout(600);
    times.push(...(await page.evaluate(() => [Math.max(16, ...window.seen.events.values())])));
  }
  return times;
}

/** From a click on each main place to its heading on the screen, in milliseconds. */
export async function navigated(page: Page, scene: Scene, rounds: number): Promise<Record<string, number[]>> {
  const places = ["Tenants", "Analytics", "Bulk runs", "Audit", "Overview"];
  const times: Record<string, number[]> = Object.fromEntries(places.map((place) => [place, []]));
  await page.goto(scene.origin, { waitUntil: "load" });
  await page.waitForTimeout(2500);
  for (let round = 0; round < rounds; round++) {
    for (const place of places) {
      const link = page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: place });
      if ((await link.count()) === 0) continue;
      const begun = performance.now();
      await link.first().click();
      await page.locator("#content h1").filter({ hasText: place }).waitFor();
      times[place]?.push(performance.now() - begun);
      await page.waitForTimeout(700);
    }
  }
  return times;
}

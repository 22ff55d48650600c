import type { Page } from "playwright-core";

type Area = { left: number; right: number; middle: number };

async function area(page: Page): Promise<Area> {
  const box = await page.getByRole("application").boundingBox();
  if (!box) throw new Error("The chart is not there.");
  return { left: box.x + 80, right: box.x + box.width - 20, middle: box.y + box.height / 2 };
}

async function reset(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Reset zoom" }).click();
  await page.waitForTimeout(500);
}

const between = (from: number, to: number, part: number) => from + (to - from) * part;

/** What a person does with a chart; every event that comes of it is measured. */
export const interactions: Record<string, (page: Page) => Promise<void>> = {
  hover: async (page) => {
    const { left, right, middle } = await area(page);
    for (let step = 0; step <= 80; step++) {
      await page.mouse.move(between(left, right, ((step * 37) % 80) / 80), middle);
      await page.waitForTimeout(20);
    }
  },
  "zoom by wheel": async (page) => {
    const { left, right, middle } = await area(page);
    await page.mouse.move(between(left, right, 0.4), middle);
    await page.keyboard.down("Control");
    for (let step = 0; step < 40; step++) {
      await page.mouse.wheel(0, step < 20 ? -120 : 120);
      await page.waitForTimeout(30);
    }
    await page.keyboard.up("Control");
    await reset(page);
  },
  "zoom by drag": async (page) => {
    for (let step = 0; step < 6; step++) {
      const { left, right, middle } = await area(page);
      await page.mouse.move(between(left, right, 0.1 + step * 0.05), middle);
      await page.mouse.down();
      await page.mouse.move(between(left, right, 0.9 - step * 0.05), middle, { steps: 6 });
      await page.mouse.up();
      await page.waitForTimeout(400);
    }
    await reset(page);
  },
  "pan by drag": async (page) => {
    const { left, right, middle } = await area(page);
    await page.keyboard.down("Shift");
    for (const [from, to] of [
      [0.8, 0.3],
      [0.2, 0.9],
    ] as const) {
      await page.mouse.move(between(left, right, from), middle);
      await page.mouse.down();
      for (let step = 1; step <= 30; step++) {
        await page.mouse.move(between(left, right, between(from, to, step / 30)), middle);
        await page.waitForTimeout(20);
      }
      await page.mouse.up();
    }
    await page.keyboard.up("Shift");
    await reset(page);
  },
  "toggle a series": async (page) => {
    for (let round = 0; round < 4; round++) {
      for (const toggle of await page.getByRole("list", { name: "Lines" }).getByRole("button").all()) {
        await toggle.click();
        await page.waitForTimeout(60);
      }
    }
  },
  "by keyboard": async (page) => {
    await page.getByRole("application").focus();
    for (const key of ["ArrowRight", "ArrowRight", "+", "+", "Shift+ArrowRight", "-", "-", "ArrowLeft", "0"]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(100);
    }
  },
};

import { expect, test } from "vitest";
import { tenantHue } from "@/components/ui/tenant-color";
import { tenantLooks } from "./tenant-lines";

test("a tenant has the same colour in every company, and who shares it has other dashes", () => {
  const ids = Array.from({ length: 20 }, (_, index) => `tenant-${index * 7}`);
  const looks = tenantLooks(ids);
  expect(looks.map(({ color }) => color)).toEqual(ids.map(tenantHue));
  expect(tenantLooks(ids.slice(3, 5)).map(({ color }) => color)).toEqual(ids.slice(3, 5).map(tenantHue));
  const few = looks.slice(0, 8).map(({ color, dashed }) => `${color} ${dashed}`);
  expect(new Set(few).size).toBe(few.length);
});

import { expect, test } from "vitest";
import { itemLogContract, listItemsContract } from "./contract";
import { downloadItemContract } from "./contract-files";
import { planContracts } from "./plan-contracts";
import { runOptions } from "./shapes";

const id = "0199aaaa-0000-7000-8000-000000000001";

test("a number that no run has is refused before the database sees it", () => {
  for (const position of [2_147_483_648, Number.MAX_SAFE_INTEGER])
    for (const contract of [itemLogContract, downloadItemContract])
      expect(contract.input.safeParse({ id, position }).success).toBe(false);
  for (const wrong of [{ position: 2_147_483_648 }, { wave: 70_000 }, { wave: 2 }])
    expect(listItemsContract.input.safeParse({ id, ...wrong }).success).toBe(false);
  expect(listItemsContract.input.safeParse({ id, position: 199_999, wave: 1 }).success).toBe(true);
});

test("a canary or a failure budget is one thing: of two, none is dropped in silence", () => {
  for (const wrong of [
    { failureBudget: { count: 0, percent: 50 } },
    { canary: { count: 1, percent: 5 } },
    { canary: { tag: "canary", count: 1 } },
  ])
    expect(runOptions.safeParse(wrong).success).toBe(false);
  for (const right of [{ failureBudget: { count: 0 } }, { canary: { tag: "canary" } }, { canary: null }])
    expect(runOptions.safeParse(right).success).toBe(true);
});

test("what plans an action is called a plan in the audit trail and the API's description", () => {
  for (const { summary } of planContracts) expect(summary).toMatch(/^Plan: [a-z]/);
});

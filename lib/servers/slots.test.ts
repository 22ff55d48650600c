import { expect, test } from "vitest";
import { inSlot, reserveSlot } from "./slots";

process.env.DATABASE_URL = "postgresql://localhost/none";
process.env.TENANTRY_SECRET_KEY = Buffer.alloc(32).toString("base64");
process.env.CONTROL_POOL_SIZE = "4";

const signal = new AbortController().signal;

/** Work that goes on until it is let go. */
function held() {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { work: () => until, letGo };
}

test("who asks beyond half of the connections is refused, who reserved waits its turn", async () => {
  const first = held();
  const second = held();
  const running = [inSlot(first.work), inSlot(second.work)];
  await expect(inSlot(async () => 1)).rejects.toMatchObject({ code: "unavailable" });
  let began = false;
  const later = reserveSlot(signal, async () => {
    began = true;
    // What was reserved is not asked for a second time.
    return await inSlot(async () => "through");
  });
  await new Promise(setImmediate);
  expect(began).toBe(false);
  first.letGo();
  expect(await later).toBe("through");
  second.letGo();
  await Promise.all(running);
  expect(await Promise.all([1, 2].map((n) => inSlot(async () => n)))).toEqual([1, 2]);
});

test("who gives up waiting leaves the others their turn", async () => {
  const first = held();
  const second = held();
  const running = [inSlot(first.work), inSlot(second.work)];
  const stop = new AbortController();
  const givenUp = reserveSlot(stop.signal, async () => "never");
  const stays = reserveSlot(signal, async () => "its turn");
  stop.abort(new Error("enough"));
  await expect(givenUp).rejects.toThrow("enough");
  first.letGo();
  expect(await stays).toBe("its turn");
  second.letGo();
  await Promise.all(running);
  const [a, b] = [held(), held()];
  const again = [inSlot(a.work), inSlot(b.work)];
  await expect(inSlot(async () => 1)).rejects.toMatchObject({ code: "unavailable" });
  a.letGo();
  b.letGo();
  await Promise.all(again);
});

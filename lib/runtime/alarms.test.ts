import { expect, test } from "vitest";
import { PoolAlarms } from "./alarms";

const calm = { open: 0, waiting: 0, timeouts: 0, losses: 0 };

function alarmsOf60() {
  const said: unknown[][] = [];
  return { alarms: new PoolAlarms(60, (...line) => void said.push(line)), said };
}

test("nothing is said while nothing is wrong, also when all connections are open and nobody waits", () => {
  const { alarms, said } = alarmsOf60();
  alarms.look(calm, 0);
  alarms.look({ ...calm, open: 60 }, 2000);
  expect(said).toEqual([]);
});

test("each kind of trouble is said once a minute, with how often it happened since", () => {
  const { alarms, said } = alarmsOf60();
  alarms.look({ open: 60, waiting: 3, timeouts: 2, losses: 1 }, 0);
  alarms.look({ open: 60, waiting: 9, timeouts: 7, losses: 1 }, 2000);
  expect(said).toEqual([
    [{ count: 2 }, "requests gave up waiting for a database connection"],
    [{ count: 1 }, "database connections were lost, or could not be made clean"],
    [{ open: 60, waiting: 3 }, "every database connection that is allowed is open, and requests wait"],
  ]);
  alarms.look({ ...calm, timeouts: 9, losses: 1 }, 60_000);
  expect(said.slice(3)).toEqual([[{ count: 7 }, "requests gave up waiting for a database connection"]]);
});

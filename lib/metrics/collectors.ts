import type { Collector } from "./collector";
import { app } from "./collectors/app";
import { buffers } from "./collectors/buffers";
import { cacheHit } from "./collectors/cache-hit";
import { connections } from "./collectors/connections";
import { cpu } from "./collectors/cpu";
import { memory } from "./collectors/memory";
import { pools } from "./collectors/pools";
import { requests } from "./collectors/requests";
import { storage } from "./collectors/storage";
import { transactions } from "./collectors/transactions";

/** Everything that is measured in a round, in this order; processes first, since they move on while others read. */
export const collectors = {
  cpu,
  memory,
  connections,
  transactions,
  cacheHit,
  requests,
  pools,
  storage,
  buffers,
  app,
} satisfies Record<string, Collector>;

import { controlDb } from "@/lib/platform/prisma";
import { fire } from "@/lib/runtime/testing-fire";
import { ownServer, stampedTenants } from "@/lib/runtime/testing-postgres";
import { machine, option } from "./measuring";
import { ownPostgres } from "./own-postgres";

const clients = option("clients", 64);
const count = option("tenants", 200);
const seconds = option("seconds", 60);
const total = option("total", 40);
const restarts = option("restarts", 6);

console.log(`fire: ${clients} clients over ${count} tenants for ${seconds} s, ${total} connections; ${machine()}`);
process.env.LOG_LEVEL ??= "error";
const own = await ownPostgres();
const server = await ownServer();
try {
  const tenants = await stampedTenants(server, own.sql, count);
  const burnt = await fire({ server, control: own.sql, tenants, clients, seconds, least: 1, total, restarts });
  const { requests, rows, wrong, errors, chaos, pools, quiet, msRecovered } = burnt;
  console.log(`requests              ${requests}, of which ${rows} rows were read and checked`);
  console.log(`wrong rows            ${wrong.length}`);
  for (const line of wrong.slice(0, 20)) console.log(`                      ${line}`);
  for (const [kind, times] of Object.entries(errors).sort(([, one], [, other]) => other - one))
    console.log(`error                 ${String(times).padStart(6)}  ${kind}`);
  for (const [what, times] of Object.entries(chaos)) console.log(`${what.padEnd(22)}${times}`);
  console.log(`connections           ${JSON.stringify(pools)}`);
  console.log(`quiet again           ${quiet} of ${count} tenants served, all asked in turn within ${msRecovered} ms`);
  const unmeant = Object.keys(errors).filter((kind) => kind.startsWith("other"));
  const aims = {
    ...{ noWrongRow: wrong.length === 0 && rows > 0, noUnmeantError: unmeant.length === 0 },
    ...{
      neverAboveLimit: pools.mostOpen <= total,
      allServedAgain: quiet === count,
      nothingLeft: burnt.drained && pools.left === 0,
    },
  };
  console.log(`aims                  ${JSON.stringify(aims)}`);
  console.log(JSON.stringify({ bench: "fire", clients, tenants: count, seconds, total, ...burnt, aims }));
  if (Object.values(aims).includes(false)) process.exitCode = 1;
} finally {
  await server.end();
  await controlDb().$disconnect();
  await own.stop();
}

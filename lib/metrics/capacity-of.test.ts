import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig, connect } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { capacityOf, storeCapacity } from "./capacity-of";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control?.close());

test("a local server tells its connections, disk, cores and memory; of a remote one only what it says itself", async () => {
  const client = await connect(clientConfig(control.access));
  try {
    const local = await capacityOf(client, true);
    const { rows } = await client.query("SHOW max_connections");
    expect(local.maxConnections).toBe(Number(rows[0]?.max_connections));
    expect(local.cores).toBeGreaterThan(0);
    expect(local.memoryMb).toBeGreaterThan(100);
    if (local.diskTotalMb !== null) expect(local.diskFreeMb).toBeLessThanOrEqual(local.diskTotalMb);
    const remote = await capacityOf(client, false);
    expect(remote).toEqual({
      ...{ maxConnections: local.maxConnections, diskTotalMb: null, diskFreeMb: null, cores: null, memoryMb: null },
    });
    const pool = new pg.Pool({ connectionString: control.url });
    await storeCapacity(pool, control.serverId, local).finally(() => pool.end());
    const row = await controlDb().server.findUniqueOrThrow({ where: { id: control.serverId } });
    expect(row).toMatchObject({ maxConnections: local.maxConnections, cores: local.cores, memoryMb: local.memoryMb });
  } finally {
    await client.end();
  }
});

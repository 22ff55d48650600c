import { runMigrations } from "graphile-worker";

/** Makes or updates the job queue's own schema in the control database. */
export async function prepareQueue(connectionString: string): Promise<void> {
  await runMigrations({ connectionString });
}

import { controlDb } from "@/lib/platform/prisma";
import { actions } from "./actions";

/** Whether items of runs that change schemas are being worked on, anywhere. */
export async function schemasAtWork(): Promise<boolean> {
  const names = actions.filter(({ group }) => group === "schema").map(({ name }) => name);
  const [found] = await controlDb().$queryRaw<{ busy: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM bulk_items i JOIN bulk_runs r ON r.id = i.run_id
      WHERE i.status = 'running' AND r.action = ANY(${names})) AS busy`;
  return found?.busy ?? false;
}

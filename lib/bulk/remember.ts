import { AppError } from "@/lib/kernel/errors";
import { storableJson } from "@/lib/kernel/foreign-text";
import type { Json } from "./action";
import { runnerPool } from "./runner-pool";

/** Keeps what an item has to know if it is begun again. Throws when somebody else has it by now. */
export async function rememberItem(
  item: { runId: string; position: number; lease: string },
  value: Json,
): Promise<void> {
  const { rowCount } = await runnerPool().query(
    `UPDATE bulk_items SET saved = $4::jsonb
      WHERE run_id = $1::uuid AND position = $2 AND lease = $3::uuid AND status = 'running'`,
    [item.runId, item.position, item.lease, storableJson(value)],
  );
  if (rowCount !== 1) throw new AppError("unavailable", "Another worker has taken this up.", { retryAfter: 1 });
}

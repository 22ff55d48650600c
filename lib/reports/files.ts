import { createHash } from "node:crypto";
import { lstat, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "@/lib/platform/env";
import { absent, writeWhole } from "@/lib/platform/whole-file";

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const namePattern = /^tenantry-[a-z0-9-]{1,80}\.(csv|pdf)$/;

const root = () => resolve(env().REPORT_DIR);

/** The name of a report's file: its kind and the time of its making. Nothing of it is anybody's free text. */
export function reportFileName(kind: string, format: string, at: Date): string {
  return `tenantry-${kind}-${at.toISOString().slice(0, 19).replaceAll(":", "").toLowerCase()}z.${format}`;
}

/** Where a report's file lies. Throws for what is neither a report's id nor a name that `reportFileName` makes. */
export function reportPath(reportId: string, fileName: string): string {
  if (!namePattern.test(fileName)) throw new Error(`There is no report's file ${fileName}.`);
  return join(folderOf(reportId), fileName);
}

function folderOf(reportId: string): string {
  if (!idPattern.test(reportId)) throw new Error(`${reportId} is no report's id.`);
  return join(root(), reportId);
}

/** Writes a report's file; it has its name only when it is whole. Returns its size and the SHA-256 of its bytes. */
export async function writeReport(
  reportId: string,
  fileName: string,
  chunks: AsyncIterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  async function* hashed() {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const bytes = await writeWhole(reportPath(reportId, fileName), hashed(), { signal, setting: "REPORT_DIR" });
  return { bytes, sha256: hash.digest("hex") };
}

/** The size of a report's file in bytes; null when it is not there. */
export async function sizeOf(reportId: string, fileName: string): Promise<number | null> {
  const stats = await lstat(reportPath(reportId, fileName)).catch(absent);
  return stats?.isFile() ? stats.size : null;
}

/** Removes everything that is kept of a report. */
export async function removeFolder(reportId: string): Promise<void> {
  await rm(folderOf(reportId), { recursive: true, force: true });
}

/** The ids of the reports of which something is kept. */
export async function keptReports(): Promise<string[]> {
  const names = (await readdir(root()).catch(absent)) ?? [];
  return names.filter((name) => idPattern.test(name));
}

import { createUploadContract } from "@/lib/bulk/contract-files";
import type { OutputOf } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { answerOf } from "./call";

/** Sends a file as it is; what it answers names the file for an import. */
export async function uploadFile(file: File): Promise<OutputOf<typeof createUploadContract>> {
  const type = file.name.endsWith(".gz") ? "application/gzip" : "application/sql";
  const request = { method: "POST", headers: { accept: "application/json", "content-type": type }, body: file };
  const response = await fetch(createUploadContract.path, { ...request, credentials: "same-origin" }).catch((cause) => {
    throw new AppError("unavailable", "The file could not be sent. Check your connection and try again.", { cause });
  });
  return await answerOf(createUploadContract, response);
}

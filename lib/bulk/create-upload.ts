import { z } from "zod";
import { operation } from "@/lib/gate/operation";
import { createUploadContract } from "./contract-files";
import { uploadLivesMs } from "./upload-file";

/** What the door received: the file lies on the disk by then. */
const received = z.object({ sha256: z.string(), bytes: z.number() });

/** Tells of a file that was uploaded; that it came is in the audit trail. */
export const createUpload = operation({ ...createUploadContract, input: received }, async (ctx, { sha256, bytes }) => {
  ctx.note.after = { upload: sha256, bytes };
  const until = new Date(ctx.now().getTime() + uploadLivesMs);
  return { upload: sha256, bytes, keptUntil: until.toISOString() };
});

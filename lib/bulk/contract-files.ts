import { z } from "zod";
import { contract, uploadsPath } from "@/lib/kernel/contract";
import { mostItems, uuid } from "./shapes";

const base = "/api/tenancy/bulk-runs";
const id = z.object({ id: uuid });

/** A download, by a door of its own. */
export const downloadItemContract = contract({
  id: "bulk.download",
  method: "GET",
  path: `${base}/{id}/items/{position}/file`,
  summary: "Download what an action left for one tenant, such as the export of its data.",
  access: "data:export",
  scoped: true,
  answers: ["application/gzip"],
  input: id.extend({ position: z.coerce.number().int().min(0).max(mostItems) }),
  output: z.string(),
});

/** Takes a file as it is, by a door of its own. */
export const createUploadContract = contract({
  id: "uploads.create",
  method: "POST",
  path: uploadsPath,
  summary: "Upload a file that the action import-data puts into tenants' databases; it is kept for a day.",
  access: "data:import",
  scoped: true,
  status: 201,
  takes: ["application/gzip", "application/sql"],
  input: z.object({}),
  output: z.object({
    upload: z.string().describe("the SHA-256 of the file, by which an import names it"),
    bytes: z.int(),
    keptUntil: z.iso.datetime(),
  }),
});

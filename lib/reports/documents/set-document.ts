import type { Ctx } from "@/lib/gate/context";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import type { DocumentOf } from "../pdf/document";
import { typeset } from "../pdf/typeset";

/** A document's bytes, with the operator's own fonts beside ours. */
export async function setDocument({ signal }: Ctx, document: DocumentOf): Promise<Uint8Array> {
  const { pdf, accessible, why } = await typeset(document, env().REPORT_FONTS, signal);
  if (!accessible) log().warn({ why }, "A report is tagged, but is not PDF/UA-1.");
  return pdf;
}

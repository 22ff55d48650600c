import type { Metadata } from "next";
import { actionsQuery } from "@/client/bulk-queries";
import { NewRunScreen } from "@/components/bulk/new-run-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { listActions } from "@/lib/bulk/list-actions";
import { readPage } from "@/lib/http/page";
import { allowed } from "../../allowed";

export const metadata: Metadata = { title: "New bulk run" };

export default function NewRunPage() {
  return allowed(async () => (
    <Hydrated entries={[[actionsQuery().queryKey, await readPage(listActions, {})]]}>
      <NewRunScreen />
    </Hydrated>
  ));
}

import type { Metadata } from "next";
import { keysQuery } from "@/client/access-queries";
import { KeysScreen } from "@/components/keys/keys-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { readPage } from "@/lib/http/page";
import { everyPage } from "@/lib/kernel/page";
import { listKeys } from "@/lib/keys/list-keys";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "API keys" };

export default function KeysPage() {
  return allowed(async () => {
    const keys = await everyPage("keys", (at) => readPage(listKeys, { limit: 500, ...at }));
    return (
      <Hydrated entries={[[keysQuery().queryKey, keys]]}>
        <KeysScreen />
      </Hydrated>
    );
  });
}

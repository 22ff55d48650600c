import type { Metadata } from "next";
import { ipRulesQuery } from "@/client/access-queries";
import { IpRulesScreen } from "@/components/ip-rules/ip-rules-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { readPage } from "@/lib/http/page";
import { listIpRules } from "@/lib/keys/list-ip-rules";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "IP rules" };

export default function IpRulesPage() {
  return allowed(async () => {
    const rules = await readPage(listIpRules, {});
    return (
      <Hydrated entries={[[ipRulesQuery().queryKey, rules]]}>
        <IpRulesScreen />
      </Hydrated>
    );
  });
}

import type { Metadata } from "next";
import { serversQuery } from "@/client/queries";
import { ServersScreen } from "@/components/servers/servers-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { readPage } from "@/lib/http/page";
import { listServers } from "@/lib/servers/list-servers";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Servers" };

export default function ServersPage() {
  return allowed(async () => (
    <Hydrated entries={[[serversQuery().queryKey, await readPage(listServers, {})]]}>
      <ServersScreen />
    </Hydrated>
  ));
}

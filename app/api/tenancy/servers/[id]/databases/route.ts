import { route } from "@/lib/http/route";
import { listServerDatabases } from "@/lib/servers/list-server-databases";

export const { GET } = route({ GET: listServerDatabases });

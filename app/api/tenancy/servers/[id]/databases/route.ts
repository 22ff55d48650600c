import { route } from "@/lib/http/route";
import { listServerDatabases } from "@/lib/servers/list-server-databases";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listServerDatabases });

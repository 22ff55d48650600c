import { route } from "@/lib/http/route";
import { addServer } from "@/lib/servers/add-server";
import { listServers } from "@/lib/servers/list-servers";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listServers, POST: addServer });

import { listOrphans } from "@/lib/fleet/list-orphans";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listOrphans });

import { route } from "@/lib/http/route";
import { checkServer } from "@/lib/servers/check-server";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: checkServer });

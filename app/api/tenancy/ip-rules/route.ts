import { route } from "@/lib/http/route";
import { addIpRule } from "@/lib/keys/add-ip-rule";
import { listIpRules } from "@/lib/keys/list-ip-rules";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listIpRules, POST: addIpRule });

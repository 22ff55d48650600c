import { route } from "@/lib/http/route";
import { listSupport } from "@/lib/support/list-support";
import { openSupport } from "@/lib/support/open-support";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listSupport, POST: openSupport });

import { route } from "@/lib/http/route";
import { listSupport } from "@/lib/support/list-support";
import { openSupport } from "@/lib/support/open-support";

export const { GET, POST } = route({ GET: listSupport, POST: openSupport });

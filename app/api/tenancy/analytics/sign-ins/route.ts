import { listSignIns } from "@/lib/analytics/sign-ins";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listSignIns });

import { route } from "@/lib/http/route";
import { listIsolationFindings } from "@/lib/isolation/list-findings";

export const { GET } = route({ GET: listIsolationFindings });

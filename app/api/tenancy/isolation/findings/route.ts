import { route } from "@/lib/http/route";
import { listIsolationFindings } from "@/lib/isolation/list-findings";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listIsolationFindings });

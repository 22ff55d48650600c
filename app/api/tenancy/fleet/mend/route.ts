import { mendFindings } from "@/lib/fleet/mend-findings";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: mendFindings });

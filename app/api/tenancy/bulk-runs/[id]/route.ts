import { showRun } from "@/lib/bulk/show-run";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showRun });

import { replanRun } from "@/lib/bulk/replan-run";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: replanRun });

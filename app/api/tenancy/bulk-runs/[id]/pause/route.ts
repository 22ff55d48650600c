import { pauseRun } from "@/lib/bulk/pause-run";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: pauseRun });

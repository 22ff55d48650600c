import { pauseRun } from "@/lib/bulk/pause-run";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: pauseRun });

import { retryRun } from "@/lib/bulk/retry-run";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: retryRun });

import { cancelRun } from "@/lib/bulk/cancel-run";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: cancelRun });

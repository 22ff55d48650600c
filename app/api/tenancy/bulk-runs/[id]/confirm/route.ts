import { confirmRun } from "@/lib/bulk/confirm-run";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: confirmRun });

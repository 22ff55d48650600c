import { replanRun } from "@/lib/bulk/replan-run";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: replanRun });

import { resumeRun } from "@/lib/bulk/resume-run";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: resumeRun });

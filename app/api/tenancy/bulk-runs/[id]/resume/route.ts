import { resumeRun } from "@/lib/bulk/resume-run";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: resumeRun });

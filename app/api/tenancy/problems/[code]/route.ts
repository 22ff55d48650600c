import { route } from "@/lib/http/route";
import { showProblem } from "@/lib/http/show-problem";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showProblem });

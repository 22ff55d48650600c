import { route } from "@/lib/http/route";
import { showCaller } from "@/lib/keys/show-caller";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showCaller });

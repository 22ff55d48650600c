import { methods } from "@/lib/http/methods";
import { streamRoute } from "@/lib/http/stream";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = methods({ GET: streamRoute });

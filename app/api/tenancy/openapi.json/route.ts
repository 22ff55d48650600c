import { methods } from "@/lib/http/methods";
import { openApiRoute } from "@/lib/http/openapi-route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = methods({ GET: openApiRoute });

import { loadDemo } from "@/lib/demo/load-demo";
import { removeDemo } from "@/lib/demo/remove-demo";
import { showDemo } from "@/lib/demo/show-demo";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showDemo,
  POST: loadDemo,
  DELETE: removeDemo,
});

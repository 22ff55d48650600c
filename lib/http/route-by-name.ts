import type { AnyOperation } from "@/lib/gate/operation";
import { type Handlers, methods } from "./methods";
import { route } from "./route";
import { unknownRoute } from "./unknown";

/** The handlers of many URLs that differ in one word, each with an operation of its own. An unknown word is a 404. */
export function routeByName(parameter: string, find: (word: string) => AnyOperation | undefined): Handlers {
  return methods({
    POST: async (request, { params }) => {
      const { [parameter]: word = "", ...rest } = await params;
      const operation = find(word);
      if (!operation) return await unknownRoute(request);
      return await route({ POST: operation }).POST(request, { params: Promise.resolve(rest) });
    },
  });
}

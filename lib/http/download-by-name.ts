import type { AnyOperation } from "@/lib/gate/operation";
import { type DownloadOperation, download } from "./download";
import { type Handlers, methods } from "./methods";
import { unknownRoute } from "./unknown";

/** The handlers of many addresses that differ in one word and answer with a file each. An unknown word is a 404. */
export function downloadByName(parameter: string, find: (word: string) => AnyOperation | undefined): Handlers {
  return methods({
    GET: async (request, { params }) => {
      const { [parameter]: word = "", ...rest } = await params;
      const operation = find(word);
      if (!operation) return await unknownRoute(request);
      return await download(operation as DownloadOperation).GET(request, { params: Promise.resolve(rest) });
    },
  });
}

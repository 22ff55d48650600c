type Requirement = Record<string, string[]>;
type Operation = { summary?: string | undefined; security?: Requirement[] | undefined };
type Scheme = { type: string; description?: string };

/** What is used of the document here. */
export type Document = {
  paths?: Record<string, Record<string, Operation>>;
  components?: { securitySchemes?: Record<string, Scheme> | undefined };
};

const offered = "bearer";
const aboutKey =
  "An API key. Who is signed in to the console needs none: what you try is carried out with your session.";

/** Swagger UI gets the document as a browser can use it, see {@link forBrowser}. */
export const documentPlugin = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (original: (document: Document) => unknown) => (document: Document) =>
          original(forBrowser(document)),
      },
    },
  },
});

/**
 * The document with one way to sign in, the bearer key: a page cannot set the cookie of a session, and a second field
 * for the same key only makes one wonder. Operations that only a session may call ask for nothing then. Summaries are
 * plain text, since Swagger UI shows their Markdown as it is written.
 */
export function forBrowser(document: Document): Document {
  const { paths = {}, components } = document;
  const scheme = components?.securitySchemes?.[offered];
  return {
    ...document,
    paths: mapped(paths, (operations) => mapped(operations, plain)),
    components: {
      ...components,
      securitySchemes: scheme && { [offered]: { ...scheme, description: aboutKey } },
    },
  };
}

function plain({ summary, security, ...operation }: Operation): Operation {
  return {
    ...operation,
    summary: summary?.replaceAll("`", ""),
    security: security?.filter((requirement) => Object.keys(requirement).every((name) => name === offered)),
  };
}

function mapped<A, B>(record: Record<string, A>, change: (one: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, one]) => [key, change(one)]));
}

/** The bundle's entry below the project's folder; undefined where there is none that was made from the present sources. */
export function bundledCli(root: string): string | undefined;
/** Bundles the command line unless that is done. */
export function bundleCli(root: string): Promise<void>;

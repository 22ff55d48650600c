"use client";

import { useMounted } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { type ComponentType, useState } from "react";

/**
 * A dialog that is fetched when it opens for the first time, and stays from then on, so that it can fade out. To be
 * called once for a module, not while rendering.
 */
export function lazyDialog<Props extends { opened: boolean }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Fetched = dynamic(() => load().then(afterClosed), { ssr: false }) as ComponentType<Props>;
  // biome-ignore lint/correctness/noComponentHookFactories: called once for a module, as next/dynamic is
  return function LazyDialog(props: Props) {
    const [wanted, setWanted] = useState(props.opened);
    if (props.opened && !wanted) setWanted(true);
    return wanted ? <Fetched {...props} /> : null;
  };
}

// Closed in its first moment: what is open from the beginning does not know where the focus has to go back to.
function afterClosed<Props extends { opened: boolean }>(Dialog: ComponentType<Props>): ComponentType<Props> {
  return function Fetched(props: Props) {
    const mounted = useMounted();
    return <Dialog {...props} opened={mounted && props.opened} />;
  };
}

"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

/** A link whose page is fetched ahead once somebody turns to it: by pointer, by finger or by keyboard. */
export function Link({ onPointerEnter, onFocus, ...props }: ComponentProps<typeof NextLink>) {
  const [wanted, setWanted] = useState(false);
  return (
    <NextLink
      prefetch={wanted ? null : false}
      {...props}
      onPointerEnter={(event) => {
        setWanted(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setWanted(true);
        onFocus?.(event);
      }}
    />
  );
}

"use client";

import { Button } from "@mantine/core";
import { Link } from "@/components/ui/link";

/** Where one may go from a page that is not there. */
export function WaysOut() {
  return (
    <>
      <Button component={Link} href="/tenants" size="xs">
        All tenants
      </Button>
      <Button component={Link} href="/" size="xs" variant="default">
        Overview
      </Button>
    </>
  );
}

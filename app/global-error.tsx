"use client";

import "@/components/theme/tokens.css";
import type { PageErrorProps } from "@/components/states/page-error";

// The root layout itself failed, so nothing of it, Mantine included, can be counted on here.
export default function GlobalError({ error, retry }: PageErrorProps) {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", display: "grid", placeItems: "center", minHeight: "90vh" }}>
        <main role="alert" style={{ maxWidth: "44ch", textAlign: "center" }}>
          <h1 style={{ fontSize: "1.25rem" }}>Tenantry could not be shown</h1>
          <p>
            Something went wrong on the server.
            {error.digest !== undefined && ` Its log has it under ${error.digest}.`}
          </p>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

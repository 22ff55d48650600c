/** The policy of a page: scripts run with its nonce only, and may load their own parts. */
export function pagePolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    // Next's development server needs eval, and a socket for its updates.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Mantine and Chart.js set style attributes, which no nonce covers.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The policy of everything that is no page: nothing in it loads or runs anything. */
export const barePolicy = "default-src 'none'; frame-ancestors 'none'";

const base = {
  "content-security-policy": barePolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
};

/** The headers of every answer; a page's own policy takes the place of the bare one. */
export function securityHeaders(https: boolean): Record<string, string> {
  return { ...base, ...(https && { "strict-transport-security": "max-age=63072000; includeSubDomains" }) };
}

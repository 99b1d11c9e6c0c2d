/**
 * The headers that stand on every answer, whoever gives it.
 *
 * @param nonce allows the page's own scripts; without one no script runs at all.
 * @param secure the site is served over HTTPS.
 */
export function securityHeaders(nonce: string | null, secure: boolean, dev = false): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(nonce, dev),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    ...(secure && { "Strict-Transport-Security": "max-age=63072000" }),
  };
}

/** @see https://www.w3.org/TR/CSP3/ */
function contentSecurityPolicy(nonce: string | null, dev: boolean) {
  return [
    "default-src 'none'",
    // 'self' is for the modules that the scripts with the nonce import; nothing a person uploads is served as script.
    `script-src ${nonce ? `'nonce-${nonce}' 'self'` : "'none'"}`,
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}

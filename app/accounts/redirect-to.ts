/**
 * Where to go after signing in: a path on this site, or `/notes` for anything else.
 *
 * A path that starts with `//` or `/\` names another host, and browsers drop tabs and line breaks
 * before they look, so only what resolves to a plain path of our own passes.
 */
export function safeRedirect(to: string | null | undefined): string {
  const fallback = "/notes";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!to || to.length > 2_000 || !/^\/(?![/\\])[^\u0000-\u0020\u007f\\]*$/.test(to)) return fallback;
  if (!URL.canParse(to, "http://verso.invalid")) return fallback;
  const url = new URL(to, "http://verso.invalid");
  const decoded = decodeOrNull(url.pathname);
  if (url.origin !== "http://verso.invalid" || decoded === null || /^\/[/\\]|^\/(logout|login)\b/.test(decoded))
    return fallback;
  if (/^\/\//.test(url.pathname)) return fallback;
  return url.pathname + url.search;
}

function decodeOrNull(path: string) {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

const FILE = /^\/files\/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Whether a link leads to a file beside the text: neither to an address nor to a note. */
export function isFilePath(path: string) {
  return /\.\w{1,10}$/.test(path) && !/^([a-z][a-z\d+.-]*:|[/#?\\])/i.test(path) && !/\.(md|markdown)$/i.test(path);
}

/** The address of a file that a text names by its address, or by its name or path; null for all else. */
export function fileAddress(url: string): string | null {
  if (FILE.test(url)) return url;
  const path = decoded(url).trim();
  return isFilePath(path) && path.length <= 1_000 ? namedAddress(path) : null;
}

/** The address that finds a file by its name: a text is laid out the same whatever files there are. */
export function namedAddress(path: string) {
  return `/files/named?name=${encodeURIComponent(path.toWellFormed())}`;
}

/** Whether a file of this name is likely to be a picture that can be shown. */
export function isPictureName(path: string) {
  return /\.(png|jpe?g|gif|webp|avif)$/i.test(path);
}

export function decoded(path: string) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

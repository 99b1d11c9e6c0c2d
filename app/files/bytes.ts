const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** A number of bytes as people read it: `1 byte`, `3.4 MiB`. */
export function sayBytes(bytes: number): string {
  if (bytes === 1) return "1 byte";
  const step = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const number = bytes / 1024 ** step;
  return `${step === 0 || number >= 100 ? Math.round(number) : Number(number.toFixed(1))} ${UNITS[step]}`;
}

import { z } from "zod";

const port = z.coerce
  .number("must be a port number")
  .refine((number) => Number.isInteger(number) && number > 0 && number < 65_536, "must be a port number");
const UNITS: Record<string, number> = { "": 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
const size = z
  .string()
  .regex(/^[1-9]\d{0,11}(KiB|MiB|GiB|)$/, "must be a size such as 100MiB or 1GiB")
  .transform((text) => Number.parseInt(text, 10) * (UNITS[text.replace(/\d+/, "")] ?? 1));
const days = z
  .string()
  .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= 3650, "must be a whole number of days, 1 to 3650")
  .transform(Number);
const origin = z.string().refine(isOrigin, "must be an address such as https://notes.example.org, without a path");

/** Every variable that Verso reads from outside. All are optional. */
const Environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default("localhost"),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, "must be file: and a path, such as file:data/verso.db")
    .default("file:data/verso.db"),
  ORIGIN: origin.optional(),
  TRUST_PROXY: z
    .string()
    .refine(
      (list) => list.split(",").every((entry) => /^(loopback|[\da-fA-F.:]+(\/\d{1,3})?)$/.test(entry.trim())),
      "must list the addresses of the proxy, such as loopback or 10.0.0.0/8",
    )
    .optional(),
  SECRET: z
    .string()
    .transform((list) => list.split(",").map((secret) => secret.trim()))
    .refine(
      (list) => list.every((secret) => secret.length >= 32),
      "must be one secret or several, of 32 characters or more each",
    )
    .optional(),
  MAX_FILE: size.default(100 * 1024 ** 2),
  FILES_QUOTA: size.default(5 * 1024 ** 3),
  TRASH_DAYS: days.default(30),
  SIGN_UP: z.enum(["open", "closed"], "must be open or closed").default("closed"),
  BACK: z.enum(["own", "off"], "must be own or off").default("own"),
  LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"], "must be silent, error, warn, info or debug")
    .default("info"),
});

export type Environment = z.infer<typeof Environment>;

/**
 * Reads and checks the environment.
 *
 * @throws Error with one sentence for each variable that has a value Verso can't use.
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  // A variable set to nothing is a variable not set: compose files and unit files write them so.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = Environment.safeParse(given);
  if (result.success) return result.data;
  const sentences = result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`);
  throw new Error(`Verso can't start: ${sentences.join(" ")}`);
}

function isOrigin(text: string) {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

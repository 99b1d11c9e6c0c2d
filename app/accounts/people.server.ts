import { eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { db, transaction } from "~/db/engine.server";
import { type Layout, type Sort, sessions, users } from "~/db/schema.server";
import { report } from "~/http/reports.server";
import { secret, visible } from "~/http/visible";
import { hashPassword, isCommonPassword, passwordMatches } from "./passwords.server";
import type { Viewer } from "./viewer.server";

const email = z
  .string("Give your e-mail address.")
  .transform((text) => text.trim().normalize("NFKC").toLowerCase())
  .pipe(
    z
      .string()
      .min(1, "Give your e-mail address.")
      .max(254, "That is too long for an e-mail address.")
      .regex(/^[^\s@]+@[^\s@]+$/, "Give an e-mail address, such as ada@example.org."),
  );

const newPassword = secret(
  z.string("Choose a password.").min(8, "Use 8 characters or more.").max(200, "Use 200 characters or fewer."),
);

/** A person who comes in for the first time. */
export const NewPerson = z
  .object({
    name: z
      .string("Give your name.")
      .trim()
      .min(1, "Give your name.")
      .max(100, "Use 100 characters or fewer.")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
      .regex(/^[^\u0000-\u001f\u007f]*$/, "A name can't hold line breaks or control characters."),
    email,
    password: newPassword,
  })
  .superRefine(async ({ name, email, password }, context) => {
    if (await isCommonPassword(password, [name, email])) {
      context.addIssue({
        code: "custom",
        path: ["password"],
        message: "Many people use this password; choose another.",
      });
    }
  });

/** What is typed to sign in: checked for shape only, so that the answer tells nothing. */
export const Credentials = z.object({
  email: email,
  password: secret(
    z.string("Give your password.").min(1, "Give your password.").max(200, "Use 200 characters or fewer."),
  ),
});

/** The same from the login page, which remembers where to go on and what to carry along. */
export const Login = Credentials.extend({ redirectTo: z.string().optional(), carryTo: z.string().optional() });

/** A change of password, which asks for the present one. */
export const PasswordChange = z.object({
  currentPassword: secret(
    z
      .string("Give your current password.")
      .min(1, "Give your current password.")
      .max(200, "Use 200 characters or fewer."),
  ),
  newPassword,
});

let ownerSeen: object | null = null;

/** Whether the owner's account was made: until then every page leads to `/setup`. */
export async function hasOwner(): Promise<boolean> {
  // Once there is an owner there always is; remembered for this database.
  if (ownerSeen === db()) return true;
  const [owner] = await db().select({ id: users.id }).from(users).where(eq(users.role, "owner"));
  if (owner) ownerSeen = db();
  return owner !== undefined;
}

/**
 * Makes an account.
 *
 * @returns the new person, or null when the address is taken, or the owner is there already.
 * @throws TooBusy
 */
export async function createPerson(
  role: "owner" | "member",
  { name, email, password }: z.infer<typeof NewPerson>,
): Promise<Omit<Viewer, "sessionId"> | null> {
  const passwordHash = await hashPassword(password);
  const person = { id: uuid(), name, email, role };
  const made = await transaction((tx) =>
    tx
      .insert(users)
      .values({ ...person, passwordHash, created: Date.now() })
      .onConflictDoNothing()
      .returning({ id: users.id }),
  );
  return made.length > 0 ? person : null;
}

/**
 * The person with this address and password, and the hash that the password was checked against.
 *
 * @returns null when there is none; that takes as long as a wrong password.
 * @throws TooBusy
 */
export async function findByPassword({ email, password }: z.infer<typeof Credentials>) {
  const [found] = await db()
    .select({ id: users.id, name: users.name, email: users.email, role: users.role, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email));
  return (await passwordMatches(password, found?.passwordHash)) && found ? found : null;
}

/**
 * Gives the viewer a new password and ends every login of theirs, this one too.
 *
 * @throws TooBusy
 */
export async function changePassword(viewer: Viewer, password: string) {
  const passwordHash = await hashPassword(password);
  const ended = await transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, viewer.id));
    return tx.delete(sessions).where(eq(sessions.userId, viewer.id)).returning({ id: sessions.id });
  });
  report({ kind: "ended", sessionIds: ended.map(({ id }) => id) });
}

/** Keeps how the viewer has lists shown. */
export async function setView({ id }: Viewer, { sort, layout }: { sort: Sort; layout: Layout }) {
  await transaction((tx) => tx.update(users).set({ sort, layout }).where(eq(users.id, id)));
}

/** Whether single keys do something: what a form says of it. */
export const ShortcutsChoice = z.object({ single: visible(z.literal("on").optional().catch(undefined)) });

/** Keeps whether single keys do something for the viewer. */
export async function setShortcuts({ id }: Viewer, single: boolean) {
  await transaction((tx) =>
    tx
      .update(users)
      .set({ shortcuts: single ? 1 : 0 })
      .where(eq(users.id, id)),
  );
}

/** The account with this address, for the command line. */
export async function findByEmail(address: string) {
  const [found] = await db()
    .select({ id: users.id, name: users.name, email: users.email, role: users.role })
    .from(users)
    .where(eq(users.email, address.trim().normalize("NFKC").toLowerCase()));
  return found ?? null;
}

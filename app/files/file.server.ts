import { z } from "zod";
import { notFound } from "~/http/responses.server";

/** The name of a file that came through {@link fileId}. */
export type FileId = string & { readonly kind: "file" };

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/**
 * The file that an address names.
 *
 * @throws Response 404 for what can't be a file's name.
 */
export function fileId(text: string | undefined): FileId {
  if (!text || !UUID.test(text)) throw notFound();
  return text as FileId;
}

/** What the address of the list of files says: which page, and what was just done. */
export const FilesQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}\.[\da-f-]{36}$/, "This page of the list doesn't exist.")
    .optional(),
  undo: z.string().optional(),
});

/** A file by its name, as `![[name]]` has it, perhaps with folders before it. */
export const NamedQuery = z.object({ name: z.string().min(1).max(1_000) });

/** From a text that isn't saved yet: the file waits for it. */
export const UploadQuery = z.object({ for: z.literal("text").optional().catch(undefined) });

/** Deleting a file: where to go on. */
export const Deletion = z.object({ back: z.string().optional() });

/** Putting a file into a note's text. */
export const Placing = z.object({ file: z.string() });

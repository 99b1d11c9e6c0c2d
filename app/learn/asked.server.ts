import { z } from "zod";
import { visible } from "~/http/visible";
import { RUN_NAMES } from "./concept";

/** What the address of a concept's page says: the answer that was chosen under “Check yourself”. */
export const Reading = z.object({ choice: z.coerce.number().int().min(0).max(9).optional().catch(undefined) });

/** Which of a concept's experiments is to run. */
export const Running = z.object({ run: visible(z.enum(RUN_NAMES, "There is no such experiment.")) });

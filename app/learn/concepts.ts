import type { Concept, RunName } from "./concept";
import { authenticationAndAuthorization } from "./concepts/authentication-and-authorization";
import { errorHandling } from "./concepts/error-handling";
import { indexes } from "./concepts/indexes";
import { manyToMany } from "./concepts/many-to-many";
import { optimisticConcurrency } from "./concepts/optimistic-concurrency";
import { pagination } from "./concepts/pagination";
import { queryPlans } from "./concepts/query-plans";
import { requestAndResponse } from "./concepts/request-and-response";
import { restVerbs } from "./concepts/rest-verbs";
import { schemaAndOneToMany } from "./concepts/schema-and-one-to-many";
import { sessionsAndCookies } from "./concepts/sessions-and-cookies";
import { sqlInjectionAndXss } from "./concepts/sql-injection-and-xss";
import { statusCodes } from "./concepts/status-codes";
import { transactions } from "./concepts/transactions";
import { validation } from "./concepts/validation";
import type { Experiment } from "./experiment";

/** All concepts, in the order in which they are best read. */
export const CONCEPTS: Concept[] = [
  requestAndResponse,
  restVerbs,
  statusCodes,
  errorHandling,
  validation,
  schemaAndOneToMany,
  manyToMany,
  indexes,
  queryPlans,
  pagination,
  transactions,
  optimisticConcurrency,
  sessionsAndCookies,
  authenticationAndAuthorization,
  sqlInjectionAndXss,
];

/** The concept that an address names. */
export function conceptOf(name: string | undefined): Concept | null {
  return CONCEPTS.find((concept) => concept.name === name) ?? null;
}

/** The experiment of a concept, where there is one of that name. */
export function experimentOf(concept: string, name: string): Experiment | null {
  return conceptOf(concept)?.runs[name as RunName] ?? null;
}

import authenticationAndAuthorization from "./concepts/authentication-and-authorization.mdx";
import errorHandling from "./concepts/error-handling.mdx";
import indexes from "./concepts/indexes.mdx";
import manyToMany from "./concepts/many-to-many.mdx";
import optimisticConcurrency from "./concepts/optimistic-concurrency.mdx";
import pagination from "./concepts/pagination.mdx";
import queryPlans from "./concepts/query-plans.mdx";
import requestAndResponse from "./concepts/request-and-response.mdx";
import restVerbs from "./concepts/rest-verbs.mdx";
import schemaAndOneToMany from "./concepts/schema-and-one-to-many.mdx";
import sessionsAndCookies from "./concepts/sessions-and-cookies.mdx";
import sqlInjectionAndXss from "./concepts/sql-injection-and-xss.mdx";
import statusCodes from "./concepts/status-codes.mdx";
import transactions from "./concepts/transactions.mdx";
import validation from "./concepts/validation.mdx";

/** The prose of each concept, by its name. */
export const PROSE: Record<string, typeof validation> = {
  "request-and-response": requestAndResponse,
  "rest-verbs": restVerbs,
  "status-codes": statusCodes,
  "error-handling": errorHandling,
  validation: validation,
  "schema-and-one-to-many": schemaAndOneToMany,
  "many-to-many": manyToMany,
  indexes: indexes,
  "query-plans": queryPlans,
  pagination: pagination,
  transactions: transactions,
  "optimistic-concurrency": optimisticConcurrency,
  "sessions-and-cookies": sessionsAndCookies,
  "authentication-and-authorization": authenticationAndAuthorization,
  "sql-injection-and-xss": sqlInjectionAndXss,
};

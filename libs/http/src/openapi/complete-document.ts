import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_JSON, type Problem } from '../problem/problem.js';
import { badUrl } from '../problem/request-errors.js';
import { pathNotStorable } from '../validation/path.pipe.js';
import type { InlineParameter, Operation, Parameter, Response } from './document-types.js';
import { exampleOf, problemResponse } from './problem-responses.js';

/** What is to be said about a path parameter, wherever one of that name is. */
export type PathParameters = Readonly<Record<string, { description: string; example: string }>>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const REQUEST_ID: InlineParameter = {
  name: 'X-Request-Id',
  in: 'header',
  required: false,
  description:
    'Names the request in the answer and in the log: 1 to 128 letters, digits or any of `_.:/+=-`. ' +
    'Without it, with another one, or with an API key in it, the service makes an id.',
  schema: { type: 'string', maxLength: 128, pattern: '^[\\w.:/+=-]+$' },
  example: 'training-job-17',
};

/**
 * Says what holds for every route, or follows from its path: its parameters and what can be wrong with them, the header
 * that names a request, and in the example of each problem the path that it would be about.
 */
export function completeDocument(document: OpenAPIObject, known: PathParameters): OpenAPIObject {
  document.components = { ...document.components, parameters: { RequestId: REQUEST_ID } };
  for (const [path, item] of Object.entries(document.paths)) {
    const instance = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(known[name]?.example ?? name),
    );
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) completeOperation(operation, instance, known);
    }
  }
  return document;
}

function completeOperation(operation: Operation, instance: string, known: PathParameters) {
  const parameters = (operation.parameters ?? []).map((parameter) =>
    isInPath(parameter) ? { ...parameter, ...known[parameter.name] } : parameter,
  );
  operation.parameters = [...parameters, { $ref: '#/components/parameters/RequestId' }];
  const name = parameters.find(isInPath)?.name;
  const added = name === undefined ? [] : [exampleOf(badUrl()), exampleOf(pathNotStorable(name))];
  for (const problem of added) addProblem(operation, problem);
  for (const response of Object.values(operation.responses)) {
    for (const problem of problemsOf(response)) Object.assign(problem, { instance });
  }
}

/** A code that is there already has its example. */
function addProblem({ responses }: Operation, problem: Problem): void {
  const { status, code } = problem;
  const there = problemsOf(responses[status]);
  if (there.some((other) => other.code === code)) return;
  responses[status] = problemResponse(status, [...there, problem]);
}

function problemsOf(response: Response | undefined): Problem[] {
  if (!response || '$ref' in response) return [];
  const examples = response.content?.[PROBLEM_JSON]?.examples ?? {};
  return Object.values(examples).map((example) => (example as { value: Problem }).value);
}

function isInPath(parameter: Parameter): parameter is InlineParameter {
  return 'in' in parameter && parameter.in === 'path';
}

/** Says where programs find out how to get an access token, on each route that needs a caller. */
export function withIssuer(document: OpenAPIObject, openIdConnectUrl: string): OpenAPIObject {
  const { securitySchemes } = document.components ?? {};
  const scheme = { type: 'openIdConnect', openIdConnectUrl } as const;
  document.components = {
    ...document.components,
    securitySchemes: { ...securitySchemes, oidc: scheme },
  };
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      // Not by push: the array belongs to the controller, and other documents are made of it.
      if (operation?.security) operation.security = [...operation.security, { oidc: [] }];
    }
  }
  return document;
}

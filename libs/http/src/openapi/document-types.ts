import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of an OpenAPI document, which swagger exports only as a whole. */
export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Parameter = NonNullable<Operation['parameters']>[number];
export type InlineParameter = Extract<Parameter, { in: unknown }>;
export type Response = NonNullable<Operation['responses'][string]>;
export type InlineResponse = Extract<Response, { description: string }>;
